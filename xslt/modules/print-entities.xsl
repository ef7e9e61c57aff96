<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: the entities of the standOff for the indexes, and the editorial principles for 凡例. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:p="urn:weibian:print"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:entity"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:mode name="p:entity" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="p:principle" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:variable name="listed" as="element()*" select="/TEI/standOff//(person | place | org | listBibl/bibl)[@xml:id]"/>

  <!-- Id → what kind of entity it is. -->
  <xsl:variable name="entities" as="map(xs:string, xs:string)" select="
      map:merge($listed ! map:entry(string(@xml:id), if (self::bibl) then 'work' else local-name()))"/>

  <!-- The headword is the one of the site's registers (f:headword): the full name, else the first, else the id. -->
  <xsl:template match="person | place | org | bibl">
    <xsl:variable name="names" as="element()*" select="persName | placeName | orgName | title"/>
    <xsl:variable name="headword" as="xs:string" select="normalize-space(string(($names[@type = 'full'], $names, @xml:id)[1]))"/>
    <entity id="{@xml:id}" of="{$entities(@xml:id)}" heading="{$headword}">
      <xsl:for-each select="distinct-values($names ! normalize-space())[not(. = ('', $headword))]">
        <name>{.}</name>
      </xsl:for-each>
    </entity>
  </xsl:template>

  <xsl:template match="*" mode="p:principle">
    <principle name="{local-name()}">
      <xsl:for-each select="(p, .[not(p)])[normalize-space()]">
        <paragraph>{normalize-space()}</paragraph>
      </xsl:for-each>
    </principle>
  </xsl:template>

</xsl:stylesheet>
