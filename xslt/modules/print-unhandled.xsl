<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: an element of the text without a template is reported; its text is kept. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:weibian:print"
                xmlns:d="urn:weibian:diagnostic"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:template match="*" priority="-10">
    <xsl:message error-code="d:unhandled-element">Unexpected element `{name()}` at {path(.) => replace('Q\{[^}]*\}', '')} in the print edition; its text is printed without it.</xsl:message>
    <xsl:apply-templates/>
  </xsl:template>

</xsl:stylesheet>
