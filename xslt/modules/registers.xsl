<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- persons.html, places.html, peoples.html, works.html, events.html: each entity with its first mentions and its counts by year. -->

  <!-- An entity with more mentions than this shows the first few here, and all on its own page. -->
  <xsl:variable name="mentions-open" as="xs:integer" select="12"/>
  <xsl:variable name="mentions-first" as="xs:integer" select="5"/>

  <!-- Register → its entities, of all files. -->
  <xsl:variable name="entities" as="map(xs:string, element()*)" select="
      let $all := /teiCorpus//standOff//(person | place | org | listBibl/bibl | event[not(@type eq 'year')])[@xml:id] return
      map:merge(for $register in $register-order return map:entry($register, $all[f:register(.) eq $register]))"/>

  <!-- The orders that a reader chooses from. -->
  <xsl:variable name="orders" as="xs:string+" select="'stroke', 'pinyin'"/>

  <!-- The entities of a register in an order, one of each id. -->
  <xsl:function name="f:in-order" as="element()*">
    <xsl:param name="register" as="xs:string"/>
    <xsl:param name="order" as="xs:string"/>
    <xsl:for-each-group select="$entities($register)" group-by="@xml:id">
      <xsl:sort select="f:headword(.)" collation="http://www.w3.org/2013/collation/UCA?lang=zh-u-co-{$order}"/>
      <xsl:sort select="@xml:id" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Pages beside the registers, as far as the text has years and places for them. -->
  <xsl:variable name="further-pages" as="xs:string*" select="'chronology'[exists($years)], 'map'[exists($map?points)]"/>

  <xsl:mode name="m:register" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:register">
    <xsl:param name="register" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$register eq 'events'"><xsl:apply-templates select="." mode="m:events"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="m:ordered"><xsl:with-param name="register" select="$register"/></xsl:apply-templates></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A register that has orders. -->
  <xsl:mode name="m:ordered" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:ordered">
    <xsl:param name="register" as="xs:string"/>
    <xsl:variable name="in-order" as="map(xs:string, element()*)" select="map:merge($orders ! map:entry(., f:in-order($register, .)))"/>
    <!-- Id → its place in each order, for assets/registers.js. -->
    <xsl:variable name="ranks" as="map(xs:string, map(xs:string, xs:integer))" select="
        map:merge(for $order in $orders return map:entry($order,
          map:merge(for $at in 1 to count($in-order($order)) return map:entry(string($in-order($order)[$at]/@xml:id), $at))))"/>
    <header class="register-head">
      <h1><xsl:sequence select="f:both($register || '.title')"/></h1>
      <fieldset class="orders">
        <legend><xsl:sequence select="f:both('order')"/></legend>
        <xsl:for-each select="$orders">
          <label>
            <input type="radio" name="order" value="{.}"><xsl:if test=". eq $sort"><xsl:attribute name="checked" select="'checked'"/></xsl:if></input>
            <span class="choice-label"><xsl:sequence select="f:both('order.' || .)"/></span>
          </label>
        </xsl:for-each>
      </fieldset>
    </header>
    <nav class="headwords" aria-label="{f:label($register)}" lang="{$site-language}">
      <xsl:for-each select="$sort, $orders[. ne $sort]">
        <ul class="in-{.}">
          <xsl:for-each select="$in-order(.)">
            <li><a href="#{@xml:id}"><xsl:sequence select="f:visible(f:headword(.))"/></a><xsl:text> </xsl:text><span class="count">{count(f:mentions(.))}</span></li>
          </xsl:for-each>
        </ul>
      </xsl:for-each>
    </nav>
    <div class="entities">
      <xsl:apply-templates select="$in-order($sort)" mode="m:register">
        <xsl:with-param name="ranks" select="$ranks"/>
      </xsl:apply-templates>
    </div>
  </xsl:template>

  <xsl:template match="person | place | org | bibl" mode="m:register">
    <xsl:param name="ranks" as="map(xs:string, map(xs:string, xs:integer))"/>
    <xsl:variable name="id" as="xs:string" select="@xml:id"/>
    <xsl:variable name="mentions" as="element()*" select="f:mentions(.)"/>
    <article class="entity {local-name()}" id="{$id}">
      <xsl:for-each select="$orders"><xsl:attribute name="data-{.}" select="$ranks(.)($id)"/></xsl:for-each>
      <div class="headline">
        <h2 lang="{f:language(.)}"><a href="{f:entity-page(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></a></h2>
        <xsl:sequence select="f:bars($mentions)"/>
      </div>
      <div class="facts"><xsl:sequence select="f:facts(.)"/></div>
      <xsl:choose>
        <xsl:when test="empty($mentions)"><p class="none"><xsl:sequence select="f:both('mentions.none')"/></p></xsl:when>
        <xsl:when test="count($mentions) le $mentions-open"><ol class="mentions" lang="{$site-language}"><xsl:apply-templates select="$mentions" mode="m:mention"/></ol></xsl:when>
        <xsl:otherwise>
          <ol class="mentions" lang="{$site-language}"><xsl:apply-templates select="$mentions[position() le $mentions-first]" mode="m:mention"/></ol>
          <p class="more"><a href="{f:entity-page(.)}#:mentions"><xsl:sequence select="f:both('mentions', string(count($mentions)))"/></a></p>
        </xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:template>

  <!-- Events need no orders: they stand as the text tells them, year by year. -->
  <xsl:mode name="m:events" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:events">
    <header class="register-head">
      <h1><xsl:sequence select="f:both('events.title')"/></h1>
      <p class="order"><xsl:sequence select="f:both('order.text')"/></p>
    </header>
    <div class="entities">
      <xsl:for-each-group select="$entities('events')" group-adjacent="string((parent::listEvent/parent::event/label, f:entry(.)/f:year-key(.) ! f:civil(.), '')[1])">
        <section class="year-events">
          <xsl:if test="current-grouping-key() ne ''"><h2 lang="{$site-language}">{current-grouping-key()}</h2></xsl:if>
          <xsl:for-each-group select="current-group()" group-by="@xml:id">
            <xsl:apply-templates select="." mode="m:events"/>
          </xsl:for-each-group>
        </section>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <xsl:template match="event" mode="m:events">
    <xsl:variable name="entry" as="element()?" select="f:entry(.)"/>
    <article class="entity event" id="{@xml:id}">
      <h3 lang="{f:language(.)}">
        <xsl:for-each select="$entry"><a class="reference" href="{f:page(f:unit(.))}#{f:anchor(.)}">{f:reference(.)}</a><xsl:text> </xsl:text></xsl:for-each>
        <a href="{f:entity-page(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></a>
      </h3>
      <div class="facts"><xsl:sequence select="f:facts(.)"/></div>
    </article>
  </xsl:template>
</xsl:stylesheet>
