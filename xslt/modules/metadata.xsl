<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- What a page says of itself to machines: Dublin Core, Highwire (what scholarly search engines read), schema.org. -->

  <xsl:mode name="m:metadata" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:metadata">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:variable name="file" as="element(fileDesc)?" select="(ancestor-or-self::TEI/teiHeader, $header)[1]/fileDesc"/>
    <xsl:variable name="name" as="xs:string" select="string-join(($site-title, $title[. ne '']), ' ')"/>
    <xsl:variable name="date" as="xs:string?" select="$file/publicationStmt/date[1]/@when"/>
    <xsl:variable name="page" as="xs:string" select="f:page-file(., $kind)"/>
    <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/"/>
    <xsl:sequence select="
        f:meta('DC.title', $name),
        f:meta('DC.creator', $file/titleStmt/author),
        f:meta('DC.contributor', $file/titleStmt/(editor | respStmt/name)),
        f:meta('DC.publisher', $file/publicationStmt/publisher),
        f:meta('DC.date', $date),
        f:meta('DC.type', 'Text'),
        f:meta('DC.format', 'text/html'),
        f:meta('DC.identifier', ($file/publicationStmt/idno[@type eq 'edition'], f:absolute($page))),
        f:meta('DC.source', $file/sourceDesc/bibl[title]/string-join((author, title, biblScope, pubPlace, publisher, date) ! normalize-space(), ', ')),
        f:meta('DC.language', $site-language),
        f:meta('DC.rights', $file/publicationStmt/availability/licence/(@target, normalize-space())[1])"/>
    <xsl:if test="$kind = ('index', 'juan')">
      <xsl:sequence select="
          f:meta('citation_title', $name),
          f:meta('citation_author', $file/titleStmt/author),
          f:meta('citation_editor', $file/titleStmt/editor),
          f:meta('citation_publication_date', $date ! translate(., '-', '/')),
          f:meta('citation_publisher', $file/publicationStmt/publisher),
          f:meta('citation_language', $site-language),
          f:meta('citation_inbook_title', $site-title[$kind eq 'juan']),
          f:meta('citation_public_url', f:absolute($page))"/>
    </xsl:if>
    <!-- A block of data is no script to the Content-Security-Policy. No < inside, so that no text of the edition can end it. An entity has its data in a file. -->
    <xsl:if test="$kind ne 'entity'">
      <script type="application/ld+json">
        <xsl:value-of select="f:json(f:linked-data(., $kind, $name, $page)) => replace('&lt;', '\\u003c') => replace('&gt;', '\\u003e') => replace('&amp;', '\\u0026')"/>
      </script>
    </xsl:if>
  </xsl:template>

  <!-- The file of a page of that kind. -->
  <xsl:function name="f:page-file" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="if ($kind eq 'juan') then f:page($node) else if ($kind eq 'entity') then f:entity-page($node) else $kind || '.html'"/>
  </xsl:function>

  <xsl:function name="f:meta" as="element()*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:for-each select="distinct-values($values ! normalize-space(string(.)))[. ne '']"><meta name="{$name}" content="{.}"/></xsl:for-each>
  </xsl:function>

  <!-- The edition as a book of schema.org. -->
  <xsl:variable name="book" as="map(*)">
    <xsl:variable name="file" as="element(fileDesc)?" select="$header/fileDesc"/>
    <xsl:sequence select="f:without-empty(map {
        '@type': 'Book',
        '@id': (f:absolute(''), $file/publicationStmt/idno[@type eq 'edition']/normalize-space(), 'index.html')[. ne ''][1],
        'name': $site-title,
        'url': f:absolute('index.html'),
        'author': array { $authors ! map { '@type': 'Person', 'name': . } },
        'editor': array { $file/titleStmt/editor ! map { '@type': if (normalize-space() = $file/publicationStmt/publisher/normalize-space()) then 'Organization' else 'Person', 'name': normalize-space() } },
        'publisher': $file/publicationStmt/publisher[1] ! map { '@type': 'Organization', 'name': normalize-space() },
        'datePublished': $file/publicationStmt/date[1]/string(@when),
        'bookEdition': $file/editionStmt/edition[1]/normalize-space(),
        'identifier': $file/publicationStmt/idno[@type eq 'edition'][1]/normalize-space(),
        'inLanguage': $site-language,
        'license': $file/publicationStmt/availability/licence[1]/(@target, normalize-space())[1] ! string(.),
        'isBasedOn': $file/sourceDesc/bibl[title][1] ! f:without-empty(map { '@type': 'Book', 'name': title[1]/normalize-space(), 'author': author[1]/normalize-space(), 'datePublished': date[1]/normalize-space() }),
        'encoding': array { $downloads ! f:encoding(.) } })"/>
  </xsl:variable>

  <!-- The book as a part of it names it: a list of all files belongs to the index alone, or the pages grow with their number. -->
  <xsl:variable name="whole" as="map(*)" select="if (count($downloads) gt 1) then map:remove($book, 'encoding') else $book"/>

  <xsl:function name="f:encoding" as="map(*)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="map { '@type': 'MediaObject', 'encodingFormat': 'application/tei+xml', 'contentUrl': (f:absolute($path), $path)[1] }"/>
  </xsl:function>

  <!-- The index as the book; the page of a juan as a chapter of it, any other page as a page about it. -->
  <xsl:function name="f:linked-data" as="map(*)">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="thing" as="map(*)" select="
        if ($kind eq 'index') then $book
        else f:without-empty(map {
          '@type': if ($kind eq 'juan') then 'Chapter' else 'WebPage',
          '@id': (f:absolute($page), $page)[1],
          'name': $name,
          'url': f:absolute($page),
          'inLanguage': if ($kind eq 'juan') then f:language($node) else $primary-language,
          'position': if ($kind eq 'juan') then f:juan($node)/string(@n) else (),
          'encoding': if ($kind eq 'juan') then f:download($node) ! f:encoding(.) else (),
          'isPartOf': $whole })"/>
    <xsl:sequence select="map:merge((map { '@context': 'https://schema.org' }, $thing))"/>
  </xsl:function>

  <xsl:function name="f:without-empty" as="map(*)">
    <xsl:param name="map" as="map(*)"/>
    <xsl:sequence select="map:merge(map:keys($map)[not(f:is-empty($map(.)))] ! map:entry(., $map(.)))"/>
  </xsl:function>

  <xsl:function name="f:is-empty" as="xs:boolean">
    <xsl:param name="value" as="item()*"/>
    <xsl:sequence select="empty($value) or ($value instance of array(*) and array:size($value) eq 0) or ($value instance of xs:string and $value eq '')"/>
  </xsl:function>
</xsl:stylesheet>
