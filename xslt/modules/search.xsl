<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- search.html, and what it finds: a record for each entry and each entity (src/core/search-record.ts has their shape). -->

  <!-- Kinds of records. The events of a chronicle are its entries. -->
  <xsl:variable name="record-types" as="xs:string+" select="'text', $register-order[. ne 'events']"/>

  <xsl:mode name="m:search" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:search">
    <header class="register-head"><h1><xsl:sequence select="f:both('search.title')"/></h1></header>
    <noscript>
      <p><xsl:sequence select="f:both('search.no-script')"/></p>
      <ul>
        <xsl:for-each select="$register-order"><li><a href="{.}.html"><xsl:sequence select="f:both(.)"/></a></li></xsl:for-each>
        <xsl:for-each select="$downloads"><li><a href="{.}" download="">{f:label('tei.download', tokenize(., '/')[last()])}</a></li></xsl:for-each>
      </ul>
    </noscript>
    <form class="search-form script" id=":search" role="search">
      <p class="query">
        <label for=":query"><xsl:sequence select="f:both('search.query')"/></label>
        <xsl:text> </xsl:text>
        <input type="search" id=":query" name="q" lang="{$site-language}" autocomplete="off" spellcheck="false" aria-describedby=":hint"/>
        <button type="submit"><xsl:sequence select="f:both('search.submit')"/></button>
      </p>
      <p class="hint" id=":hint"><xsl:sequence select="f:both('search.hint')"/></p>
      <fieldset class="types">
        <legend><xsl:sequence select="f:both('search.type')"/></legend>
        <xsl:for-each select="'', $record-types">
          <label>
            <input type="radio" name="type" value="{.}"><xsl:if test=". eq ''"><xsl:attribute name="checked" select="'checked'"/></xsl:if></input>
            <xsl:text> </xsl:text>
            <xsl:sequence select="f:both((.[. ne ''], 'search.type.all')[1])"/>
            <xsl:text> </xsl:text>
            <span class="count" data-count="{.}"/>
          </label>
          <xsl:text> </xsl:text>
        </xsl:for-each>
      </fieldset>
      <p class="year">
        <label for=":year"><xsl:sequence select="f:both('search.year')"/></label>
        <xsl:text> </xsl:text>
        <select id=":year" name="year">
          <xsl:sequence select="f:option('search.year.all')"/>
          <xsl:for-each select="$years[?key ne '']">
            <option value="{?key}" lang="{$site-language}">{string-join((?label, ?pair, ?western), ' ')}</option>
          </xsl:for-each>
        </select>
      </p>
    </form>
    <section class="search-results script" aria-labelledby=":results-head">
      <h2 id=":results-head"><xsl:sequence select="f:both('search.results')"/></h2>
      <div role="status" id=":status">
        <p data-state="working" hidden="hidden"><xsl:sequence select="f:both('search.working')"/></p>
        <p data-state="none" hidden="hidden"><xsl:sequence select="f:both('search.none')"/></p>
        <p data-state="failed" hidden="hidden"><xsl:sequence select="f:both('search.failed')"/></p>
        <p data-state="found" hidden="hidden"><span class="count" id=":total"/><xsl:text> </xsl:text><xsl:sequence select="f:both('search.found')"/></p>
      </div>
      <ol class="hits" id=":hits"/>
      <button type="button" id=":more" hidden="hidden"><xsl:sequence select="f:both('search.more')"/></button>
    </section>
    <template id=":hit">
      <li class="hit">
        <p class="where"><a href="#:hits" lang="{$site-language}">{f:label('untitled')}</a><xsl:text> </xsl:text><span class="kind"/><xsl:text> </xsl:text><span class="when" lang="{$site-language}"/></p>
        <p class="context" lang="{$site-language}"/>
      </li>
    </template>
    <!-- What a script says of a hit: its type, and which reading of the entry it stands in. -->
    <template id=":labels">
      <xsl:for-each select="$record-types"><span data-label="{.}"><xsl:sequence select="f:both(.)"/></span></xsl:for-each>
      <xsl:for-each select="'without-notes', 'corrected'"><span data-label="{.}"><xsl:sequence select="f:both('search.' || .)"/></span></xsl:for-each>
    </template>
  </xsl:template>

  <!-- What the search page may do beside other pages: run and load Pagefind, which is WebAssembly. -->
  <xsl:function name="f:search-policy" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="if ($kind eq 'search') then ' ''wasm-unsafe-eval''; connect-src ''self''; worker-src ''self''' else ''"/>
  </xsl:function>

  <xsl:mode name="m:records" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Every record of the site: the text in reading order, then the registers. -->
  <xsl:template match="teiCorpus" mode="m:records" as="array(*)">
    <xsl:variable name="records" as="map(*)*">
      <xsl:apply-templates select="//text/body/descendant-or-self::*[self::div or self::body][not(ancestor::div[@type eq 'entry'])]" mode="m:records"/>
      <xsl:for-each select="$record-types[. ne 'text']">
        <xsl:for-each-group select="$entities(.)" group-by="@xml:id"><xsl:apply-templates select="." mode="m:records"/></xsl:for-each-group>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="array { $records }"/>
  </xsl:template>

  <!-- An entry whole; of any other division what stands in no division of its own. -->
  <xsl:template match="div | body" mode="m:records" as="map(*)?">
    <xsl:variable name="event" as="element()?" select="key('event', @xml:id, ancestor::TEI)[@when-custom or @from or @when][1]"/>
    <xsl:variable name="parts" as="node()*" select="if (self::div[@type eq 'entry']) then . else node() except child::div"/>
    <xsl:variable name="texts" as="map(*)*" select="f:search-texts($parts)"/>
    <xsl:sequence select="
        if (exists($texts)) then map {
          'href': f:page(f:unit(.)) || self::div ! ('#' || f:anchor(.)),
          'type': 'text',
          'title': (f:reference(.)[. ne ''], f:unit-title(f:unit(.)))[1],
          'date': string-join(($event/@when-custom/f:civil(.), $event/f:interval(.)[. ne '']), f:label('separator')),
          'years': array { f:year-key(.)[. ne ''] },
          'texts': array { $texts } }
        else ()"/>
  </xsl:template>

  <xsl:template match="person | place | org | bibl" mode="m:records" as="map(*)">
    <xsl:variable name="facts" as="element()*" select="f:known(.)?facts"/>
    <xsl:sequence select="map {
        'href': f:entity-page(.),
        'type': f:register(.),
        'title': f:headword(.),
        'years': array { distinct-values(key('mention', @xml:id) ! f:year-key(.))[. ne ''] },
        'texts': array {
          distinct-values($facts/(self::persName | self::placeName | self::orgName | self::title)/f:plain(.)) ! map { 'kind': 'name', 'text': . },
          distinct-values($facts/(self::note | self::desc | self::author)/normalize-space()) ! map { 'kind': 'note', 'text': . } } }"/>
  </xsl:template>

  <!-- The readings of a part of the text, each once: as the source has it, without its notes, with the corrections. -->
  <xsl:function name="f:search-texts" as="map(*)*">
    <xsl:param name="parts" as="node()*"/>
    <xsl:variable name="texts" as="text()*" select="$parts/descendant-or-self::text()"/>
    <xsl:variable name="source" as="xs:string" select="f:joined($texts[not(ancestor::corr)])"/>
    <xsl:variable name="main" as="xs:string" select="if ($parts/descendant::note) then f:joined($texts[not(ancestor::corr or ancestor::note)]) else $source"/>
    <xsl:variable name="corrected" as="text()*"><xsl:apply-templates select="$parts[descendant::choice or descendant::g]" mode="m:corrected"/></xsl:variable>
    <xsl:sequence select="
        (map { 'kind': 'source', 'text': $source },
          map { 'kind': 'without-notes', 'text': $main }[not(?text eq $source)],
          map { 'kind': 'corrected', 'text': f:joined($corrected) }[not(?text eq $source)])[?text ne '']"/>
  </xsl:function>

  <!-- Text without line ends, and without the white space that only indents the file. -->
  <xsl:function name="f:joined" as="xs:string">
    <xsl:param name="texts" as="text()*"/>
    <xsl:sequence select="replace(string-join($texts), '\s*\n\s*', '')"/>
  </xsl:function>

  <!-- m:corrected: the text with the corrections of the editors in place of what they correct. -->
  <xsl:mode name="m:corrected" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="choice[corr]/sic | choice[reg]/orig | choice[expan]/abbr" mode="m:corrected"/>

  <xsl:template match="g" mode="m:corrected">
    <xsl:variable name="standard" as="element()?" select="f:in-file(substring-after(@ref, '#'), ancestor::TEI)[1]/mapping[@type eq 'standard']"/>
    <xsl:value-of select="($standard, .)[1]"/>
  </xsl:template>
</xsl:stylesheet>
