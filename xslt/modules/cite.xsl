<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- How an entry is cited: as a line of text, in BibTeX and in CSL-JSON, from the header of its file. -->

  <xsl:mode name="m:cite" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Readable without script; assets/cite.js adds the buttons. -->
  <xsl:template match="div" mode="m:cite">
    <xsl:variable name="cited" as="map(*)" select="f:cited(.)"/>
    <details class="cite" lang="{$primary-language}">
      <summary><xsl:sequence select="f:both('cite')"/></summary>
      <div class="formats">
        <p data-format="text">
          <span class="primary" lang="{$primary-language}">{f:citation($cited, $primary-language)}</span>
          <xsl:if test="$secondary-language ne ''"><span class="secondary" lang="{$secondary-language}">{' ' || f:citation($cited, $secondary-language)}</span></xsl:if>
        </p>
        <pre data-format="bibtex" lang="{f:language(.)}">{f:bibtex($cited)}</pre>
        <pre data-format="csl" lang="{f:language(.)}">{f:csl($cited)}</pre>
        <p class="downloads">
          <a href="#{f:anchor(.)}"><xsl:sequence select="f:both('permalink')"/></a>
          <xsl:text> </xsl:text>
          <a href="{f:entry-file(.)}" download=""><xsl:sequence select="f:both('cite.tei')"/></a>
        </p>
      </div>
    </details>
  </xsl:template>

  <!-- The buttons that assets/cite.js gives each citation. -->
  <xsl:mode name="m:cite-controls" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:cite-controls">
    <template id=":cite">
      <p class="copy">
        <xsl:for-each select="'text', 'bibtex', 'csl'">
          <button type="button" data-copy="{.}"><xsl:sequence select="f:both('cite.copy.' || .)"/></button>
          <xsl:text> </xsl:text>
        </xsl:for-each>
        <span role="status">
          <xsl:for-each select="'copied', 'failed'"><span data-state="{.}" hidden="hidden"><xsl:sequence select="f:both('cite.' || .)"/></span></xsl:for-each>
        </span>
      </p>
    </template>
  </xsl:template>

  <!-- The address of a page of the site, where the header says where the site is. -->
  <xsl:function name="f:absolute" as="xs:string?">
    <xsl:param name="href" as="xs:string"/>
    <xsl:sequence select="$site-address ! (replace(., '/+$', '') || '/' || $href)"/>
  </xsl:function>

  <xsl:variable name="site-address" as="xs:string?" select="$header/fileDesc/publicationStmt/idno[@type eq 'URL']/normalize-space()[f:is-web(.)][1]"/>

  <!-- What a citation of an entry says, by name; what the header does not say is empty. -->
  <xsl:function name="f:cited" as="map(*)">
    <xsl:param name="entry" as="element(div)"/>
    <xsl:variable name="own" as="element(teiHeader)?" select="$entry/ancestor::TEI/teiHeader"/>
    <xsl:variable name="unit" as="xs:string" select="f:unit-title(f:juan($entry))"/>
    <xsl:sequence select="map {
        'id': f:anchor($entry),
        'title': f:entry-title($entry),
        'work': $site-title,
        'unit': $unit[. ne $site-title],
        'number': f:reference($entry),
        'authors': $own/fileDesc/titleStmt/author/normalize-space()[. ne ''],
        'editors': $own/fileDesc/titleStmt/editor/normalize-space()[. ne ''],
        'edition': $own/fileDesc/editionStmt/edition[1]/normalize-space(),
        'publisher': $own/fileDesc/publicationStmt/publisher[1]/normalize-space(),
        'place': $own/fileDesc/publicationStmt/pubPlace[1]/normalize-space(),
        'date': string($own/fileDesc/publicationStmt/date[1]/@when),
        'identifier': $own/fileDesc/publicationStmt/idno[@type eq 'edition'][1]/normalize-space(),
        'address': f:absolute(f:page(f:unit($entry)) || '#' || f:anchor($entry)),
        'language': f:language($entry) }"/>
  </xsl:function>

  <!-- The headline without its notes; the first words where there is none. -->
  <xsl:function name="f:entry-title" as="xs:string">
    <xsl:param name="entry" as="element(div)"/>
    <xsl:variable name="head" as="xs:string" select="f:joined($entry/head[1]//text()[not(ancestor::corr or ancestor::note)])"/>
    <xsl:variable name="text" as="xs:string" select="f:joined($entry//text()[not(ancestor::corr or ancestor::note)])"/>
    <xsl:sequence select="if ($head ne '') then replace($head, '[。，；：]$', '') else substring($text, 1, 16) || '…'[string-length($text) gt 16]"/>
  </xsl:function>

  <xsl:function name="f:citation" as="xs:string">
    <xsl:param name="cited" as="map(*)"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="comma" as="xs:string" select="f:text($language, 'comma', ())"/>
    <xsl:variable name="published" as="xs:string*" select="($cited?place, $cited?publisher, $cited?date)[. ne '']"/>
    <xsl:sequence select="string-join((
        if (exists($cited?authors)) then f:text($language, 'cite.authors', string-join($cited?authors, $comma)) else (),
        f:text($language, 'cite.entry', ($cited?title, string-join(($cited?work, $cited?unit), f:text($language, 'cite.unit', ())), $cited?number)),
        if (exists($cited?editors)) then f:text($language, 'cite.editors', string-join($cited?editors, $comma)) else (),
        $cited?edition[. ne ''] ! f:text($language, 'cite.part', .),
        if (exists($published)) then f:text($language, 'cite.part', string-join($published, f:text($language, 'cite.list', ()))) else (),
        string-join(($cited?identifier, $cited?address)[. ne ''], ' ')))"/>
  </xsl:function>

  <xsl:function name="f:bibtex" as="xs:string">
    <xsl:param name="cited" as="map(*)"/>
    <xsl:variable name="fields" as="map(*)*" select="
        map { 'name': 'author', 'values': $cited?authors ! ('{' || f:tex(.) || '}') },
        map { 'name': 'title', 'values': $cited?title ! f:tex(.) },
        map { 'name': 'booktitle', 'values': string-join(($cited?work, $cited?unit), ' ') ! f:tex(.) },
        map { 'name': 'editor', 'values': $cited?editors ! ('{' || f:tex(.) || '}') },
        map { 'name': 'edition', 'values': $cited?edition ! f:tex(.) },
        map { 'name': 'publisher', 'values': $cited?publisher ! f:tex(.) },
        map { 'name': 'address', 'values': $cited?place ! f:tex(.) },
        map { 'name': 'year', 'values': substring($cited?date, 1, 4) },
        map { 'name': 'number', 'values': $cited?number ! f:tex(.) },
        map { 'name': 'note', 'values': $cited?identifier ! f:tex(.) },
        map { 'name': 'url', 'values': $cited?address ! replace(., '[{{}}\\%]', '') },
        map { 'name': 'language', 'values': $cited?language ! f:tex(.) }"/>
    <xsl:sequence select="string-join((
        '@incollection{' || replace($cited?id, '[^A-Za-z0-9.:-]', '_'),
        $fields[exists(?values[. ne ''])] ! ('  ' || ?name || ' = {' || string-join(?values[. ne ''], ' and ') || '}')), ',&#10;') || '&#10;}'"/>
  </xsl:function>

  <!-- Text as TeX reads it. -->
  <xsl:function name="f:tex" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="replace(translate($text, '\', '＼'), '[{}&amp;%$#_~^]', '\\$0')"/>
  </xsl:function>

  <xsl:function name="f:csl" as="xs:string">
    <xsl:param name="cited" as="map(*)"/>
    <xsl:variable name="texts" as="map(*)*" select="
        map { 'name': 'title', 'value': $cited?title },
        map { 'name': 'container-title', 'value': string-join(($cited?work, $cited?unit), ' ') },
        map { 'name': 'edition', 'value': $cited?edition },
        map { 'name': 'publisher', 'value': $cited?publisher },
        map { 'name': 'publisher-place', 'value': $cited?place },
        map { 'name': 'number', 'value': $cited?number },
        map { 'name': 'URL', 'value': $cited?address },
        map { 'name': 'language', 'value': $cited?language },
        if (starts-with($cited?identifier, '10.')) then map { 'name': 'DOI', 'value': $cited?identifier }
        else map { 'name': 'note', 'value': $cited?identifier }"/>
    <xsl:variable name="item" as="map(*)" select="map:merge((
        map { 'id': $cited?id, 'type': 'chapter' },
        $texts[?value ne ''] ! map:entry(?name, ?value),
        if (exists($cited?authors)) then map { 'author': array { $cited?authors ! map { 'literal': . } } } else (),
        if (exists($cited?editors)) then map { 'editor': array { $cited?editors ! map { 'literal': . } } } else (),
        if (matches($cited?date, '^\d{4}(-\d\d){0,2}$')) then map { 'issued': map { 'date-parts': array { array { tokenize($cited?date, '-') ! xs:integer(.) } } } } else ()))"/>
    <xsl:sequence select="f:json(array { $item })"/>
  </xsl:function>

  <!-- JSON as text, without the needless escape of a slash. -->
  <xsl:function name="f:json" as="xs:string">
    <xsl:param name="value" as="item()"/>
    <xsl:sequence select="replace(serialize($value, map { 'method': 'json' }), '\\/', '/')"/>
  </xsl:function>
</xsl:stylesheet>
