<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to the print vocabulary: what the page shows, with no markup left that the layout does not need.
     The vocabulary is described by the types of src/layout/book.ts; src/edition/read-print.ts reads it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xmlns:d="urn:weibian:diagnostic"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:include href="modules/print-front.xsl"/>
  <xsl:include href="modules/print-entities.xsl"/>
  <xsl:include href="modules/print-blocks.xsl"/>
  <xsl:include href="modules/print-inlines.xsl"/>
  <xsl:include href="modules/print-apparatus.xsl"/>
  <xsl:include href="modules/print-unhandled.xsl"/>

  <!-- indent="no": white space would become text of the page -->
  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode name="p:print" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="/">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI">
    <book id="{@xml:id}">
      <xsl:apply-templates select="teiHeader" mode="p:front"/>
      <xsl:apply-templates select="teiHeader/encodingDesc/editorialDecl/*" mode="p:principle"/>
      <xsl:apply-templates select="$listed" mode="p:entity"/>
      <xsl:apply-templates select="text/body"/>
    </book>
  </xsl:template>

</xsl:stylesheet>
