<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- supplied, unclear, gap, choice/sic/corr: what editors did, shown and never silently done. -->

  <!-- 〔〕 stand in the source file; the TEI has them as markup. -->
  <xsl:template match="supplied">
    <span class="supplied" title="{string-join((f:label('supplied'), f:signed(.)[. ne '']), f:label('colon'))}">〔<xsl:apply-templates/>〕</span>
  </xsl:template>

  <xsl:template match="unclear">
    <span class="unclear uncertain" title="{f:label('unclear')}"><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="gap"/>

  <xsl:template match="gap[f:is-bare-gap(.)]" priority="2">
    <span class="gap" title="{f:label('gap')}">□</span>
  </xsl:template>

  <!-- The reading of the source is the text; the proposal is only offered. -->
  <xsl:template match="choice[sic and corr]">
    <xsl:element name="{if (f:in-link(.)) then 'span' else 'a'}" namespace="">
      <xsl:attribute name="class" select="'choice'"/>
      <xsl:attribute name="id" select="f:choice-anchor(.)"/>
      <xsl:attribute name="data-mark" select="f:label('mark.correction')"/>
      <xsl:attribute name="{if (f:in-link(.)) then 'data-see' else 'href'}" select="'#:' || f:choice-anchor(.)"/>
      <xsl:apply-templates select="sic"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="choice">
    <xsl:apply-templates select="(sic, orig, abbr, *)[1]"/>
  </xsl:template>

  <xsl:template match="sic | orig">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:function name="f:proposal" as="xs:string">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:variable name="corr" as="element(corr)" select="$choice/corr[1]"/>
    <xsl:sequence select="f:label('correction', (f:plain($choice/sic[1]), normalize-space($corr)))"/>
  </xsl:function>

  <xsl:function name="f:choice-anchor" as="xs:string">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:variable name="div" as="element()?" select="$choice/ancestor::div[1]"/>
    <xsl:sequence select="($div/f:anchor(.), f:tei-id($choice))[1] || '.c' || count($div//choice[. &lt;&lt; $choice]) + 1"/>
  </xsl:function>
</xsl:stylesheet>
