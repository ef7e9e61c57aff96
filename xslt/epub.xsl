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
    <xsl:sequence select="
        f:book-page($corpus, 'titlepage', f:label('epub.titlepage')),
        f:book-page($corpus, 'nav', f:label('contents')),
        $parts ! f:book-page(., f:part-id(.), f:part-title(.)),
        $book-registers ! f:book-page($corpus, ., f:label(. || '.title')),
        f:book-page($corpus, 'colophon', f:label('epub.colophon'))"/>
  </xsl:function>

  <!-- The role of a document in the book; parts of the text are the rest. -->
  <xsl:variable name="page-types" as="map(xs:string, xs:string)" select="
      map:merge((map { 'titlepage': 'titlepage', 'nav': 'frontmatter', 'colophon': 'backmatter' }, $register-order ! map:entry(., 'backmatter')))"/>

  <xsl:function name="f:book-page" as="map(*)">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:variable name="content" as="element()">
      <html class="{if ($id eq 'colophon') then 'horizontal' else 'vertical'}" lang="{$primary-language}" xml:lang="{$primary-language}">
        <head>
          <meta charset="utf-8"/>
          <title>{string-join(($title[. ne $site-title], $site-title), f:label('title.separator'))}</title>
          <link rel="stylesheet" type="text/css" href="book.css"/>
        </head>
        <body epub:type="{($page-types($id), 'bodymatter')[1]}">
          <!-- Pushed, not passed by functions: each of those would copy the page once more. -->
          <xsl:choose>
            <xsl:when test="$id eq 'titlepage'"><xsl:apply-templates select="$node" mode="m:title-leaf"/></xsl:when>
            <xsl:when test="$id eq 'nav'"><xsl:apply-templates select="$node" mode="m:navigation"/></xsl:when>
            <xsl:when test="$id eq 'colophon'"><xsl:apply-templates select="$node" mode="m:book-colophon"/></xsl:when>
            <xsl:when test="$id = $register-order"><xsl:apply-templates select="$node" mode="m:book-register"><xsl:with-param name="register" select="$id"/></xsl:apply-templates></xsl:when>
            <xsl:otherwise><xsl:apply-templates select="$node" mode="m:part"/></xsl:otherwise>
          </xsl:choose>
        </body>
      </html>
    </xsl:variable>
    <xsl:sequence select="map { 'id': $id, 'file': $id || '.xhtml', 'content': $content }"/>
  </xsl:function>
</xsl:stylesheet>
