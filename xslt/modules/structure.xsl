<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- body, div, head, p, ab, lb, pb: the page of a juan, its years and entries. -->

  <xsl:mode name="m:unit" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:unit">
    <xsl:variable name="unit" as="element()" select="."/>
    <header class="unit-head">
      <h1 lang="{f:language(.)}">
        <span class="work">{$site-title}</span>
        <xsl:text> </xsl:text>
        <span class="unit-title">{f:unit-title(.)[. ne $site-title]}</span>
      </h1>
      <xsl:apply-templates select="." mode="m:byline"/>
    </header>
    <xsl:apply-templates select="f:juan(.)" mode="m:year-nav"><xsl:with-param name="page" select="f:page(.)"/></xsl:apply-templates>
    <div class="text" lang="{f:language(.)}">
      <!-- What opens a divided juan stands before its first year. -->
      <xsl:if test="not(. is f:juan(.)) and empty(preceding-sibling::div)"><xsl:apply-templates select="preceding-sibling::node()"/></xsl:if>
      <xsl:choose>
        <xsl:when test=". is f:juan(.)"><xsl:apply-templates/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
      </xsl:choose>
    </div>
    <xsl:apply-templates select="." mode="m:apparatus"/>
    <xsl:apply-templates select="." mode="m:dates"/>
    <xsl:apply-templates select="." mode="m:legend"/>
    <xsl:apply-templates select="." mode="m:neighbours"/>
    <xsl:apply-templates select="." mode="m:popovers"/>
    <xsl:apply-templates select="." mode="m:cite-controls"/>
  </xsl:template>

  <xsl:mode name="m:year-nav" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:year-nav">
    <xsl:param name="page" as="xs:string"/>
    <xsl:if test="child::div[@type eq 'year']">
      <nav class="years"><xsl:sequence select="f:aria-label('years')"/>
        <ol>
          <xsl:for-each select="child::div[@type eq 'year']">
            <li><a href="{f:page(f:unit(.))[. ne $page]}#{f:anchor(.)}"><xsl:apply-templates select="." mode="m:year-label"/></a></li>
          </xsl:for-each>
        </ol>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:mode name="m:year-label" on-no-match="fail" on-multiple-match="fail"/>

  <!-- 咸平二年 · 己亥 · 999, from the event of the year, whether or not the source has a heading. -->
  <xsl:template match="div" mode="m:year-label">
    <xsl:variable name="event" as="element()?" select="f:year-event(.)"/>
    <span class="civil" lang="{f:language(.)}">{f:year-name(.)}</span>
    <xsl:for-each select="$event/desc[1]"><xsl:text> </xsl:text><span class="cyclical" lang="{f:language(.)}">{.}</span></xsl:for-each>
    <xsl:for-each select="($event/@from, $event/@when)[1]"><xsl:text> </xsl:text><span class="western">{replace(f:short-year(.), '(\d)-.*$', '$1')}</span></xsl:for-each>
  </xsl:template>

  <xsl:mode name="m:neighbours" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:neighbours">
    <xsl:variable name="at" as="xs:integer" select="$unit-at(generate-id())"/>
    <xsl:if test="count($units) gt 1">
      <nav class="neighbours"><xsl:sequence select="f:aria-label('neighbours')"/>
        <xsl:for-each select="$units[$at - 1]"><a rel="prev" href="{f:page(.)}"><xsl:sequence select="f:both('previous', f:unit-title(.))"/></a></xsl:for-each>
        <xsl:text> </xsl:text>
        <xsl:for-each select="$units[$at + 1]"><a rel="next" href="{f:page(.)}"><xsl:sequence select="f:both('next', f:unit-title(.))"/></a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- Unit → its place among the units. -->
  <xsl:variable name="unit-at" as="map(xs:string, xs:integer)" select="map:merge(for $at in 1 to count($units) return map:entry(generate-id($units[$at]), $at))"/>

  <xsl:template match="div">
    <section id="{f:anchor(.)}"><xsl:apply-templates/></section>
  </xsl:template>

  <xsl:template match="div[@type eq 'year']">
    <section class="year" id="{f:anchor(.)}">
      <h2><a href="#{f:anchor(.)}"><xsl:apply-templates select="." mode="m:year-label"/></a></h2>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="div[@type eq 'entry']">
    <xsl:variable name="number" as="xs:string" select="f:entry-number(.)"/>
    <article class="entry" id="{f:anchor(.)}">
      <p class="margin" lang="{$primary-language}">
        <a class="number" href="#{f:anchor(.)}" title="{f:label('permalink')}">{f:entry-label($number)}</a>
        <xsl:text> </xsl:text>
        <span class="arabic">{$number}</span>
        <xsl:for-each select="key('event', @xml:id, ancestor::TEI)[@when-custom or @from or @when][1]">
          <xsl:text> </xsl:text>
          <span class="when" title="{f:date-gloss(.)}">
            <xsl:for-each select="@when-custom/f:civil(.)">
              <!-- The year is in the running head too, and may be left out beside the entry. -->
              <xsl:variable name="year" as="xs:string" select="if (matches(., '年.')) then substring-before(., '年') || '年' else ''"/>
              <span class="civil"><xsl:if test="$year"><span class="in-year">{$year}</span></xsl:if>{substring(., string-length($year) + 1)}</span>
            </xsl:for-each>
            <xsl:text> </xsl:text>
            <span class="interval">{f:interval(.)}</span>
          </span>
        </xsl:for-each>
      </p>
      <xsl:apply-templates/>
      <xsl:apply-templates select="." mode="m:cite"/>
    </article>
  </xsl:template>

  <xsl:function name="f:entry-label" as="xs:string">
    <xsl:param name="number" as="xs:string"/>
    <xsl:sequence select="f:label('entry.number', if ($number castable as xs:integer) then f:han(xs:integer($number)) else $number)"/>
  </xsl:function>

  <!-- Line ends between blocks are not text. -->
  <xsl:template match="div/text()[not(normalize-space())] | body/text()[not(normalize-space())]"/>

  <xsl:template match="head[@type eq 'gang'] | div[@type eq 'entry']/head">
    <h3 class="gang"><xsl:apply-templates/></h3>
  </xsl:template>

  <!-- The heading of the year as the source has it, under the derived one. -->
  <xsl:template match="head[@type eq 'year']">
    <p class="heading"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="head">
    <h2><xsl:apply-templates/></h2>
  </xsl:template>

  <xsl:template match="p | ab">
    <p class="mu"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- Lines of the source file and pages of the print do not matter to the reader of HTML. -->
  <xsl:template match="lb | pb"/>

  <!-- Language of a node, as BCP 47. -->
  <xsl:function name="f:language" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="string((($node/ancestor-or-self::*/@xml:lang)[last()], 'lzh-Hant')[1])"/>
  </xsl:function>
</xsl:stylesheet>
