<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- persons.html, places.html, peoples.html, works.html: each entity, and every place that mentions it, in context. -->

  <xsl:variable name="collation" as="xs:string" select="'http://www.w3.org/2013/collation/UCA?lang=zh-u-co-' || $sort"/>
  <!-- Characters of context on either side, and mentions shown before the rest is folded away. -->
  <xsl:variable name="context-length" as="xs:integer" select="18"/>
  <xsl:variable name="mentions-open" as="xs:integer" select="12"/>

  <!-- Register → its entities, of all files. -->
  <xsl:variable name="entities" as="map(xs:string, element()*)" select="
      let $all := /teiCorpus//standOff//(person | place | org | listBibl/bibl)[@xml:id] return
      map:merge(for $register in $register-order return map:entry($register, $all[f:register(.) eq $register]))"/>

  <xsl:mode name="m:register" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:register">
    <xsl:param name="register" as="xs:string"/>
    <xsl:variable name="sorted" as="element()*">
      <xsl:for-each-group select="$entities($register)" group-by="@xml:id">
        <xsl:sort select="f:headword(.)" collation="{$collation}"/>
        <xsl:sort select="@xml:id" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
        <xsl:sequence select="."/>
      </xsl:for-each-group>
    </xsl:variable>
    <header class="register-head">
      <h1><xsl:sequence select="f:both($register || '.title')"/></h1>
      <p class="order"><xsl:sequence select="f:both('order.' || $sort)"/></p>
    </header>
    <nav class="headwords" aria-label="{f:label($register)}" lang="{$site-language}">
      <ul>
        <xsl:for-each select="$sorted">
          <li><a href="#{@xml:id}">{f:headword(.)}</a><xsl:text> </xsl:text><span class="count">{count(key('mention', @xml:id))}</span></li>
        </xsl:for-each>
      </ul>
    </nav>
    <xsl:apply-templates select="$sorted" mode="m:register"/>
  </xsl:template>

  <xsl:template match="person | place | org | bibl" mode="m:register">
    <xsl:variable name="same" as="element()+" select="key('entity', @xml:id)"/>
    <xsl:variable name="mentions" as="element()*" select="key('mention', @xml:id)"/>
    <article class="entity {local-name()}" id="{@xml:id}">
      <h2 lang="{f:language(.)}"><a href="#{@xml:id}">{f:headword(.)}</a></h2>
      <div class="facts">
        <xsl:sequence select="@type/f:value-label(local-name(..), .)"/>
        <xsl:for-each-group select="$same/*" group-by="f:fact-key(.)">
          <xsl:apply-templates select="." mode="m:entity"/>
        </xsl:for-each-group>
      </div>
      <xsl:choose>
        <xsl:when test="empty($mentions)"><p class="none"><xsl:sequence select="f:both('mentions.none')"/></p></xsl:when>
        <xsl:when test="count($mentions) le $mentions-open"><ol class="mentions" lang="{$site-language}"><xsl:apply-templates select="$mentions" mode="m:mention"/></ol></xsl:when>
        <xsl:otherwise>
          <details>
            <summary><xsl:sequence select="f:both('mentions', string(count($mentions)))"/></summary>
            <ol class="mentions" lang="{$site-language}"><xsl:apply-templates select="$mentions" mode="m:mention"/></ol>
          </details>
        </xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:template>

  <!-- What two files say alike is said once. -->
  <xsl:function name="f:fact-key" as="xs:string">
    <xsl:param name="fact" as="element()"/>
    <xsl:sequence select="string-join((local-name($fact), $fact/@type, $fact/@when, $fact/@source, normalize-space($fact)), ' ')"/>
  </xsl:function>

  <!-- Characters of the block before a node: one walk for all mentions. -->
  <xsl:accumulator name="offset" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="p | head | ab | body" select="0"/>
    <xsl:accumulator-rule match="text()" select="if (ancestor::corr) then $value else $value + string-length(f:readable(translate(., '&#9;&#10;&#13;', '')))"/>
  </xsl:accumulator>

  <xsl:mode name="m:mention" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:mention">
    <xsl:variable name="block" as="element()" select="ancestor::*[self::p or self::head or self::ab or self::body][1]"/>
    <xsl:variable name="text" as="xs:string" select="f:plain($block)"/>
    <xsl:variable name="name" as="xs:string" select="f:plain(.)"/>
    <xsl:variable name="before" as="xs:string" select="substring($text, 1, accumulator-before('offset'))"/>
    <xsl:variable name="after" as="xs:string" select="substring($text, string-length($before) + string-length($name) + 1)"/>
    <xsl:variable name="start" as="xs:integer" select="string-length($before) - $context-length"/>
    <li>
      <a class="reference" href="{f:page(f:unit(.))}#{f:mention-anchor(.)}">{f:reference(.)}</a>
      <xsl:text> </xsl:text>
      <span class="before"><xsl:sequence select="f:visible(string-join(('…'[$start gt 0], substring($before, $start + 1))))"/></span>
      <span class="after">
        <mark class="name"><xsl:sequence select="f:visible(f:plain(.))"/></mark>
        <xsl:sequence select="f:visible(string-join((substring($after, 1, $context-length), '…'[string-length($after) gt $context-length])))"/>
      </span>
    </li>
  </xsl:template>

  <!-- m:entity: one fact of an entity each. -->
  <xsl:mode name="m:entity" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="persName | placeName | orgName | title" mode="m:entity">
    <xsl:if test="not(f:plain(.) eq f:headword(..))">
      <xsl:variable name="source" as="element()?" select="@source/key('entity', substring-after(tokenize(.)[1], '#'))[1]"/>
      <p class="fact"><span class="label"><xsl:sequence select="f:value-label('name', string((@type, 'other')[1]))"/></span><xsl:text> </xsl:text>
        <span lang="{f:language(.)}"><xsl:sequence select="f:visible(f:plain(.))"/></span>
        <xsl:if test="$source"><xsl:text> </xsl:text><a class="bibl" href="{f:entity-href($source)}"><cite class="title">{f:headword($source)}</cite></a></xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="birth | death | floruit | date" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.' || local-name())"/></span><xsl:text> </xsl:text><span>{string-join((@when-custom/f:civil(.), f:interval(.)[. ne ''], normalize-space()[. ne '']), f:label('separator'))}</span></p>
  </xsl:template>

  <!-- Another person who may be meant, with the chance of it. -->
  <xsl:template match="certainty" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.certainty')"/></span><xsl:text> </xsl:text><span lang="{f:language(..)}">{@assertedValue}</span><xsl:text> </xsl:text><span>{string-join((desc/normalize-space(), format-number(@degree, '0%')), f:label('separator'))}</span></p>
  </xsl:template>

  <xsl:template match="author | editor | extent | publisher | location" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.' || local-name())"/></span><xsl:text> </xsl:text><span><xsl:apply-templates select="* | text()[normalize-space()]" mode="m:entity"/></span></p>
  </xsl:template>

  <!-- An identifier links where the header says how (prefixDef), or where it is an address itself. -->
  <xsl:template match="idno" mode="m:entity">
    <xsl:variable name="value" as="xs:string" select="normalize-space()"/>
    <xsl:variable name="prefix" as="element()?" select="ancestor::TEI//prefixDef[lower-case(@ident) eq lower-case(current()/@type)][matches($value, '^(' || @matchPattern || ')$')][1]"/>
    <xsl:variable name="address" as="xs:string" select="if ($prefix) then replace($value, $prefix/@matchPattern, $prefix/@replacementPattern) else $value"/>
    <p class="fact"><span class="label">{string((@type, f:label('fact.idno'))[1])}</span><xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="f:is-web($address)"><a href="{$address}">{$value}</a></xsl:when>
        <xsl:otherwise><span>{$value}</span></xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <xsl:template match="note | person/desc | place/desc | org/desc | bibl/desc" mode="m:entity">
    <p class="gloss" lang="{f:prose-language(.)}"><xsl:apply-templates mode="m:entity"/></p>
  </xsl:template>

  <xsl:template match="location/desc | location/settlement | location/region | measure | ref | p" mode="m:entity">
    <xsl:apply-templates mode="m:entity"/>
  </xsl:template>

  <!-- Where the work can be read. -->
  <xsl:template match="listBibl/bibl/ref[f:is-web(@target)]" mode="m:entity">
    <p class="fact"><a href="{@target}">{normalize-space()}</a></p>
  </xsl:template>

  <xsl:template match="geo" mode="m:entity">
    <xsl:variable name="degrees" as="xs:string*" select="tokenize(normalize-space())"/>
    <xsl:if test="preceding-sibling::*">{f:label('separator')}</xsl:if>
    <xsl:sequence select="if (count($degrees) eq 2 and not($degrees = $degrees[starts-with(., '-')])) then f:label('coordinates', $degrees) else string()"/>
  </xsl:template>
</xsl:stylesheet>
