<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The loud end of every mode that renders TEI: an element no module knows keeps its text and is reported. -->

  <xsl:template match="*" mode="m:html m:prose m:entity">
    <xsl:message error-code="d:unhandled-element">Unexpected element `{name()}` in `{string-join(ancestor::*/name(), '/')}` of `{f:tei-id(.)}`, expected one that xslt/modules has a template for.</xsl:message>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
</xsl:stylesheet>
