<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: what the title leaf and the colophon say, from the header. One field per statement, empty ones left out. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:front"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:mode name="p:front" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template match="teiHeader">
    <front>
      <xsl:variable name="file" as="element(fileDesc)" select="fileDesc"/>
      <xsl:variable name="title" as="element(title)*" select="$file/titleStmt/title"/>
      <xsl:sequence select="p:field('title', ($title[@type = 'main'], $title)[1])"/>
      <xsl:sequence select="p:field('subtitle', $title[@type = 'sub'][1])"/>
      <xsl:sequence select="$file/titleStmt/author ! p:field('author', .)"/>
      <xsl:sequence select="$file/titleStmt/editor ! p:field('editor', .)"/>
      <xsl:sequence select="p:field('edition', string-join($file/editionStmt/edition[1]//text()[not(ancestor::date)]))"/>
      <xsl:sequence select="p:field('publisher', $file/publicationStmt/publisher[1])"/>
      <xsl:sequence select="p:field('date', ($file/editionStmt/edition/date/@when, $file/publicationStmt/date/@when)[1])"/>
      <xsl:sequence select="p:field('licence', $file/publicationStmt/availability/licence[1])"/>
      <xsl:sequence select="p:field('licence-address', $file/publicationStmt/availability/licence[1]/@target)"/>
      <xsl:sequence select="p:field('identifier', $file/publicationStmt/idno[1])"/>
      <xsl:variable name="source" as="element(bibl)?" select="$file/sourceDesc/bibl[1]"/>
      <xsl:sequence select="p:field('source-title', $source/title[1])"/>
      <xsl:sequence select="p:field('source-date', ($source/date/@when, $source/date)[1])"/>
    </front>
  </xsl:template>

  <!-- One field of the front matter; nothing for an absent or empty value. -->
  <xsl:function name="p:field" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="item()?"/>
    <xsl:if test="normalize-space($value) != ''">
      <field name="{$name}">{normalize-space($value)}</field>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
