<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!--
    The EPUB edition: TEI files in one teiCorpus → the documents of an EPUB 3 publication, one result document each. What a name, a
    date or a page is called is computed as in the HTML edition; the markup is our own, because an e-book has no script and no site around it.
  -->

  <xsl:import href="html.xsl"/>
  <xsl:include href="modules/epub-parts.xsl"/>
  <xsl:include href="modules/epub-text.xsl"/>
  <xsl:include href="modules/epub-inlines.xsl"/>
  <xsl:include href="modules/epub-notes.xsl"/>
  <xsl:include href="modules/epub-registers.xsl"/>
  <xsl:include href="modules/epub-front.xsl"/>
  <xsl:include href="modules/epub-package.xsl"/>

  <xsl:output name="xhtml" method="xhtml" html-version="5" encoding="UTF-8" indent="no" include-content-type="no" omit-xml-declaration="no"/>
  <xsl:output name="opf" method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:mode name="m:epub" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="/">
    <xsl:variable name="pages" as="map(*)*" select="f:pages(teiCorpus)"/>
    <xsl:for-each select="$pages">
      <xsl:result-document href="{?file}" format="xhtml"><xsl:sequence select="?content"/></xsl:result-document>
    </xsl:for-each>
    <xsl:result-document href="package.opf" format="opf">
      <xsl:apply-templates select="teiCorpus" mode="m:package"><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
    </xsl:result-document>
  </xsl:template>

  <!-- Every document in reading order: its id in the package, its file, and its markup. -->
  <xsl:function name="f:pages" as="map(*)*">
    <xsl:param name="corpus" as="element(teiCorpus)"/>
    <xsl:sequence select="f:book-page('titlepage', f:label('epub.titlepage'), 'vertical', 'titlepage', f:title-page($corpus))"/>
    <xsl:sequence select="f:book-page('nav', f:label('contents'), 'vertical', (), f:navigation($corpus))"/>
    <xsl:for-each select="$parts">
      <xsl:sequence select="f:book-page(f:part-id(.), f:part-title(.), 'vertical', 'bodymatter', f:part-content(.))"/>
    </xsl:for-each>
    <xsl:for-each select="$book-registers">
      <xsl:sequence select="f:book-page(., f:label(. || '.title'), 'vertical', 'backmatter', f:book-register(.))"/>
    </xsl:for-each>
    <xsl:sequence select="f:book-page('colophon', f:label('epub.colophon'), 'horizontal', 'backmatter', f:book-colophon($corpus))"/>
  </xsl:function>

  <xsl:function name="f:book-page" as="map(*)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="direction" as="xs:string"/>
    <xsl:param name="type" as="xs:string?"/>
    <xsl:param name="body" as="node()*"/>
    <xsl:variable name="content" as="element()">
      <html class="{$direction}" lang="{$primary-language}" xml:lang="{$primary-language}">
        <head>
          <meta charset="utf-8"/>
          <title>{string-join(($title[. ne $site-title], $site-title), f:label('title.separator'))}</title>
          <link rel="stylesheet" type="text/css" href="book.css"/>
        </head>
        <body class="{if (f:is-part-id($id)) then 'juan' else $id}">
          <xsl:for-each select="$type"><xsl:attribute name="epub:type" select="."/></xsl:for-each>
          <xsl:sequence select="$body"/>
        </body>
      </html>
    </xsl:variable>
    <xsl:sequence select="map { 'id': $id, 'file': $id || '.xhtml', 'content': $content }"/>
  </xsl:function>
</xsl:stylesheet>
