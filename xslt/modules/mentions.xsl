<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The places of the text that mention an entity: in context, and counted by year. -->

  <!-- Characters of context on either side. -->
  <xsl:variable name="context-length" as="xs:integer" select="18"/>

  <!-- Characters of the block before a node: one walk for all mentions. -->
  <xsl:accumulator name="offset" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="p | head | ab | body" select="0"/>
    <xsl:accumulator-rule match="text()" select="if (ancestor::corr) then $value else $value + string-length(f:readable(translate(., '&#9;&#10;&#13;', '')))"/>
  </xsl:accumulator>

  <!-- Block of the text → its text, which each mention in it asks for. -->
  <xsl:variable name="block-texts" as="map(xs:string, xs:string)" select="map:merge($units//(p | head | ab) ! map:entry(generate-id(.), f:plain(.)))"/>

  <xsl:mode name="m:mention" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:mention">
    <xsl:variable name="block" as="element()" select="ancestor::*[self::p or self::head or self::ab or self::body][1]"/>
    <xsl:variable name="text" as="xs:string" select="($block-texts(generate-id($block)), f:plain($block))[1]"/>
    <xsl:variable name="name" as="xs:string" select="f:plain(.)"/>
    <xsl:variable name="at" as="xs:integer" select="accumulator-before('offset')"/>
    <xsl:variable name="start" as="xs:integer" select="$at - $context-length"/>
    <!-- One character more than is shown tells whether there are more. -->
    <xsl:variable name="after" as="xs:string" select="substring($text, $at + string-length($name) + 1, $context-length + 1)"/>
    <li>
      <a class="reference" href="{f:page(f:unit(.))}#{f:mention-anchor(.)}">{f:reference(.)}</a>
      <xsl:text> </xsl:text>
      <span class="before"><xsl:sequence select="f:visible(string-join(('…'[$start gt 0], substring($text, $start + 1, $context-length))))"/></span>
      <span class="after">
        <mark class="name"><xsl:sequence select="f:visible($name)"/></mark>
        <xsl:sequence select="f:visible(string-join((substring($after, 1, $context-length), '…'[string-length($after) gt $context-length])))"/>
      </span>
    </li>
  </xsl:template>

  <!-- Height of the bars, and the width that all years may take, in pixels. -->
  <xsl:variable name="bar-height" as="xs:integer" select="24"/>
  <xsl:variable name="bars-width" as="xs:integer" select="min((12 * count($years), 360))"/>

  <!-- A bar a year for the number of mentions; in words for those who do not see them. Nothing for a text of one year. -->
  <xsl:function name="f:bars" as="element()?">
    <xsl:param name="mentions" as="element()*"/>
    <xsl:variable name="counts" as="map(xs:string, xs:integer)">
      <xsl:map>
        <xsl:for-each-group select="$mentions" group-by="f:year-key(.)">
          <xsl:map-entry key="current-grouping-key()" select="count(current-group())"/>
        </xsl:for-each-group>
      </xsl:map>
    </xsl:variable>
    <xsl:if test="exists($mentions) and count($years) gt 1">
      <xsl:variable name="most" as="xs:integer" select="max($counts?*)"/>
      <xsl:variable name="shown" as="map(*)*" select="map:keys($counts) ! $year-at(.)"/>
      <svg class="bars" role="img" width="{$bars-width}" height="{$bar-height + 1}" viewBox="0 0 {12 * count($years)} {$bar-height + 1}" preserveAspectRatio="none">
        <xsl:attribute name="aria-label" select="sort($shown, (), function($year) { $year?at }) ! (f:short-name(.) || f:label('colon') || $counts(?key))" separator="{f:label('separator')}"/>
        <path class="ground" d="M0 {$bar-height + 0.5}H{12 * count($years)}"/>
        <xsl:for-each select="sort($shown, (), function($year) { $year?at })">
          <xsl:variable name="height" as="xs:double" select="max((2, round($bar-height * $counts(?key) div $most)))"/>
          <rect x="{12 * (?at - 1) + 1}" y="{$bar-height - $height}" width="10" height="{$height}"><title>{f:short-name(.)}{f:label('colon')}{$counts(?key)}</title></rect>
        </xsl:for-each>
      </svg>
    </xsl:if>
  </xsl:function>

  <!-- Civil year → the year, with its place among the years. -->
  <xsl:variable name="year-at" as="map(xs:string, map(*))" select="
      map:merge(for $at in 1 to count($years) return map:entry($years[$at]?key, map:put($years[$at], 'at', $at)))"/>
</xsl:stylesheet>
