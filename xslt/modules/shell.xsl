<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- What all pages have in common: head, running head, foot. -->

  <xsl:mode name="m:shell" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:shell">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="title" as="xs:string" select="''"/>
    <xsl:param name="main" as="node()*"/>
    <html lang="{$primary-language}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <!-- No script, no inline style, nothing from elsewhere. -->
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{string-join(($title[. ne ''], f:site-title(.)), f:label('title.separator'))}</title>
        <meta name="description" content="{f:description(., $title)}"/>
        <link rel="stylesheet" href="assets/edition.css"/>
      </head>
      <body class="{$kind}-page{if ($kind = $register-order) then ' register-page' else ''}">
        <a class="skip" href="#main"><xsl:sequence select="f:both('skip')"/></a>
        <header class="running">
          <a class="home" href="index.html" lang="{f:site-language(.)}">{f:site-title(.)}</a>
          <nav aria-label="{f:label('site')}"><xsl:apply-templates select="root(.)/teiCorpus" mode="m:doors"><xsl:with-param name="kind" select="$kind"/></xsl:apply-templates></nav>
        </header>
        <main id="main"><xsl:sequence select="$main"/></main>
        <footer class="colophon"><xsl:apply-templates select="root(.)/teiCorpus" mode="m:colophon"/></footer>
      </body>
    </html>
  </xsl:template>

  <xsl:mode name="m:doors" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:doors">
    <xsl:param name="kind" as="xs:string"/>
    <ul>
      <xsl:for-each select="f:units(.)[1]">
        <li><a href="{if (count(f:units(root(.))) eq 1) then f:page(.) else 'index.html#contents'}"><xsl:sequence select="$kind[. eq 'juan'] ! f:current(.)"/><xsl:sequence select="f:both('text')"/></a></li>
      </xsl:for-each>
      <xsl:for-each select="$register-order, 'about'">
        <li><a href="{.}.html"><xsl:sequence select=".[. eq $kind] ! f:current(.)"/><xsl:sequence select="f:both(.)"/></a></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:function name="f:current" as="attribute()">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:attribute name="aria-current" select="'page'"/>
  </xsl:function>

  <xsl:mode name="m:colophon" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:colophon">
    <p>
      <xsl:for-each select="f:header(.)/fileDesc/publicationStmt/publisher[1]"><span>{.}</span></xsl:for-each>
      <xsl:for-each-group select="descendant::availability/licence" group-by="normalize-space()">
        <xsl:text> </xsl:text><xsl:apply-templates select="." mode="m:prose"/>
      </xsl:for-each-group>
      <xsl:for-each select="array:flatten(parse-json($tei-files))">
        <xsl:text> </xsl:text><a href="{.}" download="">{f:label('tei.download', tokenize(., '/')[last()])}</a>
      </xsl:for-each>
    </p>
  </xsl:template>

  <xsl:function name="f:header" as="element(teiHeader)?">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="(root($node)//teiHeader[parent::TEI])[1]"/>
  </xsl:function>

  <!-- Title of the whole: the main title of the first file. -->
  <xsl:function name="f:site-title" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="titles" as="element()*" select="f:header($node)/fileDesc/titleStmt/title"/>
    <xsl:sequence select="string(($titles[@type eq 'main']/normalize-space(), $titles/normalize-space(), f:label('untitled'))[. ne ''][1])"/>
  </xsl:function>

  <xsl:function name="f:site-language" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="f:language(((root($node)//TEI)[1], root($node))[1])"/>
  </xsl:function>

  <xsl:function name="f:authors" as="xs:string*">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="f:header($node)/fileDesc/titleStmt/author/normalize-space()"/>
  </xsl:function>

  <xsl:function name="f:byline" as="element()*">
    <xsl:param name="node" as="node()"/>
    <xsl:if test="exists(f:authors($node))">
      <p class="author" lang="{f:site-language($node)}">{f:label('author', string-join(f:authors($node), f:label('comma')))}</p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:description" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:sequence select="string-join((f:site-title($node), $title[. ne ''], f:authors($node), f:label('description')), f:label('separator'))"/>
  </xsl:function>
</xsl:stylesheet>
