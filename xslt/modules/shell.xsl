<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- What all pages have in common: head, running head, foot. Ids of our own start with a colon, which no xml:id may have. -->

  <xsl:mode name="m:shell" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:shell">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="title" as="xs:string" select="''"/>
    <xsl:param name="main" as="node()*"/>
    <xsl:param name="styles" as="xs:string*">
      <!-- Style sheets of the page beside that of all pages: `registers` for assets/registers.css. -->
    </xsl:param>
    <xsl:param name="scripts" as="xs:string*">
      <!-- Scripts of the page beside those of all pages: `registers` for assets/registers.js. -->
    </xsl:param>
    <xsl:param name="head" as="element()*">
      <!-- What the page adds to its head: the same as data. -->
    </xsl:param>
    <html lang="{$primary-language}" data-layout="{$direction}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <!-- No inline script, no inline style, nothing from elsewhere. -->
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'{f:search-policy($kind)}; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{string-join(($title[. ne ''], $site-title), f:label('title.separator'))}</title>
        <meta name="description" content="{f:description($title)}"/>
        <xsl:apply-templates select="." mode="m:metadata"><xsl:with-param name="kind" select="$kind"/><xsl:with-param name="title" select="$title"/></xsl:apply-templates>
        <xsl:for-each select="'edition', $styles"><link rel="stylesheet" href="assets/{.}.css"/></xsl:for-each>
        <xsl:sequence select="$head"/>
        <script src="assets/settings.js"/>
        <xsl:for-each select="'interface', $scripts"><script src="assets/{.}.js" defer="defer"/></xsl:for-each>
      </head>
      <body class="{$kind}-page{if ($kind = $register-order) then ' register-page' else ''}">
        <a class="skip" href="#:main"><xsl:sequence select="f:both('skip')"/></a>
        <div class="top">
          <header class="running">
            <a class="home" href="index.html" lang="{$site-language}">{$site-title}</a>
            <nav><xsl:sequence select="f:aria-label('site')"/><xsl:sequence select="$doors($kind)"/></nav>
          </header>
          <div class="bar">
            <!-- The running head of a text page: assets/reading.js adds year and month. -->
            <xsl:if test="$kind eq 'juan'"><p class="place" lang="{f:language(.)}"><span>{f:unit-title(f:juan(.))}</span><span class="here"/></p></xsl:if>
            <xsl:sequence select="$controls($kind)"/>
          </div>
        </div>
        <main id=":main"><xsl:sequence select="$main"/></main>
        <footer class="colophon"><xsl:apply-templates select="." mode="m:colophon"/></footer>
      </body>
    </html>
  </xsl:template>

  <!-- Kind of page → what all pages of the kind have: most pages are of one kind, those of the entities. -->
  <xsl:variable name="kinds" as="xs:string+" select="'index', 'juan', $register-order, 'entity', 'chronology', 'calendar', 'map', 'search', 'about'"/>

  <xsl:variable name="doors" as="map(xs:string, node()*)">
    <xsl:map>
      <xsl:for-each select="$kinds">
        <xsl:map-entry key="."><xsl:apply-templates select="$document/teiCorpus" mode="m:doors"><xsl:with-param name="kind" select="."/></xsl:apply-templates></xsl:map-entry>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="controls" as="map(xs:string, node()*)">
    <xsl:map>
      <xsl:for-each select="$kinds">
        <xsl:map-entry key="."><xsl:apply-templates select="$document/teiCorpus" mode="m:controls"><xsl:with-param name="kind" select="."/></xsl:apply-templates></xsl:map-entry>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- The settings of the reader: panels that open from the running head. Style hides them where no script runs. -->
  <xsl:mode name="m:controls" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:controls">
    <xsl:param name="kind" as="xs:string"/>
    <div class="controls script">
      <xsl:if test="$kind eq 'juan'">
        <button type="button" popovertarget=":legend"><xsl:sequence select="f:both('legend')"/></button>
      </xsl:if>
      <button type="button" popovertarget=":settings"><xsl:sequence select="f:both('settings')"/></button>
      <xsl:if test="$kind eq 'juan'">
        <button type="button" popovertarget=":help"><xsl:sequence select="f:aria-label('help')"/>?</button>
      </xsl:if>
    </div>
    <div class="panel" id=":settings" popover="auto" role="dialog">
      <xsl:sequence select="f:aria-label('settings')"/>
      <xsl:if test="$kind eq 'juan'"><xsl:sequence select="f:choice-of('direction', ('vertical', 'horizontal'))"/></xsl:if>
      <xsl:sequence select="f:choice-of('theme', ('paper', 'day', 'night'))"/>
      <xsl:if test="$kind eq 'juan'"><xsl:sequence select="f:choice-of('size', ('s', 'm', 'l', 'xl'))"/></xsl:if>
      <xsl:if test="$secondary-language ne ''">
        <fieldset>
          <legend><xsl:sequence select="f:both('setting.lang')"/></legend>
          <xsl:for-each select="$primary-language, $secondary-language">
            <button type="button" data-setting="lang" data-value="{.}" lang="{.}">{f:text(., 'language.own', ())}</button>
          </xsl:for-each>
        </fieldset>
      </xsl:if>
    </div>
    <xsl:if test="$kind eq 'juan'">
      <div class="panel" id=":help" popover="auto" role="dialog">
        <xsl:sequence select="f:aria-label('help')"/>
        <h2><xsl:sequence select="f:both('help')"/></h2>
        <dl>
          <xsl:for-each select="'j', 'k', 'd', 'l', 'arrows', 'space', 'enter', 'escape', 'help'">
            <div><dt><kbd>{f:label('key.' || .)}</kbd></dt><dd><xsl:sequence select="f:both('help.' || .)"/></dd></div>
          </xsl:for-each>
        </dl>
        <!-- WCAG 2.1.4: keys of one letter can be turned off. -->
        <xsl:sequence select="f:choice-of('keys', ('on', 'off'))"/>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:choice-of" as="element()">
    <xsl:param name="setting" as="xs:string"/>
    <xsl:param name="values" as="xs:string+"/>
    <fieldset>
      <legend><xsl:sequence select="f:both('setting.' || $setting)"/></legend>
      <xsl:for-each select="$values">
        <button type="button" data-setting="{$setting}" data-value="{.}"><xsl:sequence select="f:both($setting || '.' || .)"/></button>
      </xsl:for-each>
    </fieldset>
  </xsl:function>

  <xsl:mode name="m:doors" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:doors">
    <xsl:param name="kind" as="xs:string"/>
    <ul>
      <xsl:for-each select="$units[1]">
        <li><a href="{if (count($units) eq 1) then f:page(.) else 'index.html#:contents'}"><xsl:sequence select="$kind[. eq 'juan'] ! f:current(.)"/><xsl:sequence select="f:both('text')"/></a></li>
      </xsl:for-each>
      <xsl:for-each select="$register-order, $further-pages, 'search', 'about'">
        <li><a href="{.}.html"><xsl:sequence select=".[. eq $kind] ! f:current(.)"/><xsl:sequence select="f:both(.)"/></a></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:function name="f:current" as="attribute()">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:attribute name="aria-current" select="'page'"/>
  </xsl:function>

  <xsl:mode name="m:colophon" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:colophon">
    <p>
      <xsl:for-each select="$header/fileDesc/publicationStmt/publisher[1]"><span lang="{f:prose-language(.)}">{.}</span></xsl:for-each>
      <xsl:for-each select="if (self::teiCorpus) then $licences else f:licences(ancestor-or-self::TEI)">
        <xsl:text> </xsl:text><xsl:apply-templates select="." mode="m:prose"/>
      </xsl:for-each>
      <xsl:for-each select="f:download(.)">
        <xsl:text> </xsl:text><a href="{.}" download="">{f:label('tei.download', tokenize(., '/')[last()])}</a>
      </xsl:for-each>
    </p>
  </xsl:template>

  <!-- The licences of all files, found once: many pages speak for the whole. -->
  <xsl:variable name="licences" as="element(licence)*" select="f:licences(/teiCorpus//TEI)"/>

  <xsl:function name="f:licences" as="element(licence)*">
    <xsl:param name="files" as="element(TEI)*"/>
    <xsl:for-each-group select="$files/teiHeader/fileDesc/publicationStmt/availability/licence" group-by="normalize-space()"><xsl:sequence select="."/></xsl:for-each-group>
  </xsl:function>

  <xsl:variable name="downloads" as="xs:string*" select="array:flatten(parse-json($tei-files)) ! string(.)"/>

  <!-- The TEI file of a page: the file of its unit, or the only one of the site. -->
  <xsl:function name="f:download" as="xs:string?">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="file" as="element()?" select="$node/ancestor::*[parent::teiCorpus[not(parent::*)]][1]"/>
    <xsl:variable name="at" as="xs:integer?" select="$file ! $file-at(generate-id(.))"/>
    <xsl:sequence select="if ($file) then $downloads[$at] else $downloads[count($downloads) eq 1]"/>
  </xsl:function>

  <!-- Child of the corpus → its number. -->
  <xsl:variable name="file-at" as="map(xs:string, xs:integer)" select="map:merge(/teiCorpus/* ! map:entry(generate-id(), position()))"/>

  <!-- The site as a whole speaks with the header of its first file. -->
  <xsl:variable name="header" as="element(teiHeader)?" select="(/teiCorpus//TEI)[1]/teiHeader"/>
  <xsl:variable name="site-language" as="xs:string" select="string(((/teiCorpus//TEI)[1]/@xml:lang, 'lzh-Hant')[1])"/>
  <xsl:variable name="authors" as="xs:string*" select="$header/fileDesc/titleStmt/author/normalize-space()"/>
  <xsl:variable name="site-title" as="xs:string" select="
      let $titles := $header/fileDesc/titleStmt/title return
      string(($titles[@type eq 'main']/normalize-space(), $titles/normalize-space(), f:label('untitled'))[. ne ''][1])"/>

  <xsl:mode name="m:byline" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:byline">
    <xsl:if test="exists($authors)">
      <p class="author" lang="{$site-language}">{f:label('author', string-join($authors, f:label('comma')))}</p>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:description" as="xs:string">
    <xsl:param name="title" as="xs:string"/>
    <xsl:sequence select="string-join(($site-title, $title[. ne ''], $authors, f:label('description')), f:label('separator'))"/>
  </xsl:function>
</xsl:stylesheet>
