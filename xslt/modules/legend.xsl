<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The legend of a text page: each layer shown on an example, with a box to show or hide it; then the other marks. -->

  <xsl:mode name="m:legend" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Layers in the order of the legend: their name in `data-hide`, which is their key in the locale. -->
  <xsl:variable name="layers" as="xs:string*" select="'persons', 'places', 'peoples', 'dates', 'citations', 'variants', 'commentary', 'corrections'"/>

  <xsl:template match="*" mode="m:legend">
    <section class="legend panel" id=":legend" aria-labelledby=":legend-head">
      <h2 id=":legend-head"><xsl:sequence select="f:both('legend')"/></h2>
      <ul>
        <xsl:for-each select="$layers">
          <li>
            <label>
              <input class="script" type="checkbox" checked="checked" data-layer="{.}"/>
              <span class="example" lang="{$site-language}"><xsl:sequence select="f:example(.)"/></span>
              <xsl:sequence select="f:both('layer.' || .)"/>
            </label>
          </li>
        </xsl:for-each>
        <li>
          <span class="example" lang="{$site-language}"><span class="name persName uncertain">{f:label('example.uncertain')}</span></span>
          <xsl:sequence select="f:both('legend.uncertain')"/>
        </li>
        <li>
          <span class="example" lang="{$site-language}"><span class="supplied">{f:label('example.supplied')}</span></span>
          <xsl:sequence select="f:both('legend.supplied')"/>
        </li>
      </ul>
    </section>
  </xsl:template>

  <!-- A layer on an example; words of the text, the same in every language. -->
  <xsl:function name="f:example" as="element()">
    <xsl:param name="layer" as="xs:string"/>
    <xsl:variable name="text" as="xs:string" select="f:label('example.' || $layer)"/>
    <xsl:choose>
      <xsl:when test="$layer eq 'persons'"><span class="name persName">{$text}</span></xsl:when>
      <xsl:when test="$layer eq 'places'"><span class="name placeName">{$text}</span></xsl:when>
      <xsl:when test="$layer eq 'peoples'"><span class="name orgName">{$text}</span></xsl:when>
      <xsl:when test="$layer eq 'dates'"><span class="date">{$text}</span></xsl:when>
      <xsl:when test="$layer eq 'citations'"><span class="bibl"><cite class="title">{$text}</cite></span></xsl:when>
      <xsl:when test="$layer eq 'variants'"><span class="note variant"><span class="sign" data-mark="{f:label('mark.variant')}"/>{$text}</span></xsl:when>
      <xsl:when test="$layer eq 'commentary'"><span class="note commentary"><span class="sign" data-mark="{f:label('mark.commentary')}"/>{$text}</span></xsl:when>
      <xsl:otherwise><span class="choice" data-mark="{f:label('mark.correction')}">{$text}</span></xsl:otherwise>
    </xsl:choose>
  </xsl:function>
</xsl:stylesheet>
