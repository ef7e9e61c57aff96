<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The legend of a text page: each mark shown on an example. -->

  <xsl:mode name="m:legend" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:legend">
    <details class="legend">
      <summary><xsl:sequence select="f:both('legend')"/></summary>
      <ul>
        <li><span class="name">{f:label('legend.name.example')}</span><xsl:sequence select="f:both('legend.name')"/></li>
        <li><span class="bibl"><cite class="title">{f:label('legend.title.example')}</cite></span><xsl:sequence select="f:both('legend.title')"/></li>
        <li><span class="date">{f:label('legend.date.example')}</span><xsl:sequence select="f:both('legend.date')"/></li>
        <li><span class="name uncertain">{f:label('legend.uncertain.example')}</span><xsl:sequence select="f:both('legend.uncertain')"/></li>
        <li><span class="note source">{f:label('legend.source.example')}</span><xsl:sequence select="f:both('legend.source')"/></li>
        <li><span class="note variant" data-mark="{f:label('mark.variant')}">{f:label('legend.variant.example')}</span><xsl:sequence select="f:both('legend.variant')"/></li>
        <li><span class="note commentary" data-mark="{f:label('mark.commentary')}">{f:label('legend.commentary.example')}</span><xsl:sequence select="f:both('legend.commentary')"/></li>
        <li><span class="choice" data-mark="{f:label('mark.correction')}">{f:label('legend.correction.example')}</span><xsl:sequence select="f:both('legend.correction')"/></li>
        <li><span class="supplied">{f:label('legend.supplied.example')}</span><xsl:sequence select="f:both('legend.supplied')"/></li>
      </ul>
    </details>
  </xsl:template>
</xsl:stylesheet>
