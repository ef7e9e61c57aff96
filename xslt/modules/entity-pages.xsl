<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- persons/ID.html …: the page of one entity, and the same as data in persons/ID.jsonld. -->

  <xsl:mode name="m:entity-page" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="person | place | org | bibl | event" mode="m:entity-page">
    <!-- The page stands in a folder, and src/edition/lift-addresses.ts lets its addresses go up. -->
    <xsl:result-document href="{f:entity-page(.)}" format="page">
      <xsl:apply-templates select="." mode="m:shell">
        <xsl:with-param name="kind" select="'entity'"/>
        <xsl:with-param name="title" select="f:headword(.)"/>
        <xsl:with-param name="styles" select="'registers'"/>
        <xsl:with-param name="head" as="element()"><link rel="alternate" type="application/ld+json" href="{f:data-page(.)}"/></xsl:with-param>
        <xsl:with-param name="main"><xsl:apply-templates select="." mode="m:entity-main"/></xsl:with-param>
      </xsl:apply-templates>
    </xsl:result-document>
    <xsl:result-document href="{f:data-page(.)}" format="data">{replace(xml-to-json(f:json-ld(.), map { 'indent': true() }), '\\/', '/')}</xsl:result-document>
  </xsl:template>

  <!-- The data of an entity, as from the root of the site. -->
  <xsl:function name="f:data-page" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="f:register($entity) || '/' || f:file-name($entity/@xml:id) || '.jsonld'"/>
  </xsl:function>

  <xsl:mode name="m:entity-main" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:entity-main">
    <xsl:variable name="mentions" as="element()*" select="f:mentions(.)"/>
    <article class="entity {local-name()}">
      <header class="entity-head">
        <p class="way"><a href="{f:register(.)}.html#{@xml:id}"><xsl:sequence select="f:both(f:register(.) || '.title')"/></a></p>
        <h1 lang="{f:language(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></h1>
        <div class="facts"><xsl:sequence select="f:facts(.)"/></div>
        <p class="data">
          <xsl:for-each select="self::place[exists(f:degrees(.))]"><a href="map.html#{f:site-anchor(.)}"><xsl:sequence select="f:both('map.see')"/></a><xsl:text> </xsl:text></xsl:for-each>
          <a href="{f:data-page(.)}" type="application/ld+json">JSON-LD</a>
        </p>
      </header>
      <xsl:apply-templates select="f:entry(.)" mode="m:participants"/>
      <xsl:if test="exists($mentions) or empty(f:entry(.))">
        <section class="in-text" id=":mentions">
          <h2><xsl:sequence select="f:both(if ($mentions) then 'mentions.count' else 'mentions.none', string(count($mentions)))"/></h2>
          <xsl:for-each select="f:bars($mentions)">
            <xsl:sequence select="."/>
            <p class="range"><span>{f:short-name($years[1])}</span><xsl:text> </xsl:text><span>{f:short-name($years[last()])}</span></p>
          </xsl:for-each>
          <xsl:for-each-group select="$mentions" group-adjacent="f:year-key(.)">
            <section>
              <xsl:for-each select="$year-at(current-grouping-key())?label"><h3 lang="{$site-language}">{.}</h3></xsl:for-each>
              <ol class="mentions" lang="{$site-language}"><xsl:apply-templates select="current-group()" mode="m:mention"/></ol>
            </section>
          </xsl:for-each-group>
        </section>
      </xsl:if>
    </article>
  </xsl:template>

  <!-- Of an event that is an entry: where it is told, and whom and what the entry names. -->
  <xsl:mode name="m:participants" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div" mode="m:participants">
    <p class="told"><a href="{f:page(f:unit(.))}#{f:anchor(.)}"><xsl:sequence select="f:both('event.told', f:reference(.))"/></a></p>
    <dl class="participants">
      <xsl:for-each-group select="f:named-in(.)" group-by="f:register(.)">
        <dt><xsl:sequence select="f:both(current-grouping-key())"/></dt>
        <dd lang="{$site-language}">
          <ul>
            <xsl:for-each select="current-group()"><li><a href="{f:entity-page(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></a></li></xsl:for-each>
          </ul>
        </dd>
      </xsl:for-each-group>
    </dl>
  </xsl:template>

  <!-- The entities that an entry names, each once, in the order of the registers and of the text. -->
  <xsl:function name="f:named-in" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="found" as="element()*">
      <xsl:for-each-group select="$entry//(persName | placeName | orgName | rs | bibl)[@ref or @corresp]" group-by="f:targets(.)">
        <xsl:sequence select="key('entity', current-grouping-key())[1]"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="for $register in $register-order return $found[f:register(.) eq $register]"/>
  </xsl:function>
</xsl:stylesheet>
