<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Title page, navigation and colophon. -->

  <xsl:mode name="m:title-leaf" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:title-leaf">
    <xsl:variable name="file" as="element()?" select="$header/fileDesc"/>
    <section class="title-page">
      <h1><xsl:sequence select="f:lang($site-language)"/>{$site-title}</h1>
      <xsl:for-each select="f:subtitle()"><p class="subtitle"><xsl:sequence select="f:lang($site-language)"/>{.}</p></xsl:for-each>
      <xsl:if test="exists($authors)"><p class="author"><xsl:sequence select="f:lang($site-language)"/>{f:label('author', string-join($authors, f:label('comma')))}</p></xsl:if>
      <div class="imprint">
        <xsl:for-each select="$file/editionStmt/edition, $file/publicationStmt/publisher">
          <p><xsl:sequence select="f:lang(f:prose-language(.))"/>{normalize-space()}</p>
        </xsl:for-each>
        <xsl:for-each select="f:edition-date()"><p>{f:han-date(.)}</p></xsl:for-each>
      </div>
    </section>
  </xsl:template>

  <!-- What the book has of the work: the title of its only juan, or of its first and last. -->
  <xsl:function name="f:subtitle" as="xs:string?">
    <xsl:variable name="titles" as="xs:string*" select="distinct-values($parts ! f:juan(.) ! f:unit-title(.))[. ne $site-title]"/>
    <xsl:sequence select="if (count($titles) gt 1) then f:label('epub.range', ($titles[1], $titles[last()])) else $titles"/>
  </xsl:function>

  <!-- When the edition was published, as its header says: a year, a month or a day. -->
  <xsl:function name="f:edition-date" as="xs:string?">
    <xsl:variable name="dates" as="xs:string*" select="($header/fileDesc/(publicationStmt/date, editionStmt/edition/date)/@when, $header/revisionDesc/change/@when) ! string(.)"/>
    <xsl:sequence select="$dates[matches(., '^\d{4}(-\d{2}(-\d{2})?)?$')][. castable as xs:date or . castable as xs:gYearMonth or . castable as xs:gYear][1]"/>
  </xsl:function>

  <!-- `2026-11-23` → 二〇二六年十一月二十三日. -->
  <xsl:function name="f:han-date" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($date, '-')"/>
    <xsl:sequence select="string-join((
        translate($parts[1], '0123456789', '〇一二三四五六七八九') || '年',
        $parts[2] ! (f:numeral(.) || '月'), $parts[3] ! (f:numeral(.) || '日')))"/>
  </xsl:function>

  <xsl:mode name="m:navigation" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:navigation">
    <nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-head">
      <h1 id="toc-head">{f:label('contents')}</h1>
      <ol>
        <li><a href="titlepage.xhtml">{f:label('epub.titlepage')}</a></li>
        <xsl:for-each-group select="$parts" group-adjacent="generate-id((ancestor-or-self::div[@type eq 'juan'][1], .)[1])">
          <xsl:variable name="whole" as="element()" select="(ancestor-or-self::div[@type eq 'juan'][1], .)[1]"/>
          <li>
            <a href="{f:part-id(.)}.xhtml"><xsl:sequence select="f:lang(f:language(.))"/>{if ($whole is .) then f:part-title(.) else f:unit-title($whole)}</a>
            <xsl:if test="$whole/div[@type eq 'year']">
              <ol>
                <xsl:for-each select="$whole/div[@type eq 'year']">
                  <li><a href="{f:address-of(.)}{if (f:opens-juan(f:part(.))) then '#' || f:id-of(f:anchor(.)) else ''}"><xsl:sequence select="f:lang(f:language(.)), f:year-heading(.)"/></a></li>
                </xsl:for-each>
              </ol>
            </xsl:if>
          </li>
        </xsl:for-each-group>
        <xsl:for-each select="$book-registers"><li><a href="{.}.xhtml">{f:label(. || '.title')}</a></li></xsl:for-each>
        <li><a href="colophon.xhtml">{f:label('epub.colophon')}</a></li>
      </ol>
    </nav>
    <nav epub:type="landmarks" hidden="hidden" aria-label="{f:label('epub.landmarks')}">
      <ol>
        <li><a epub:type="titlepage" href="titlepage.xhtml">{f:label('epub.titlepage')}</a></li>
        <li><a epub:type="toc" href="nav.xhtml#toc">{f:label('contents')}</a></li>
        <xsl:for-each select="$parts[1]"><li><a epub:type="bodymatter" href="{f:part-id(.)}.xhtml">{f:label('text')}</a></li></xsl:for-each>
        <xsl:for-each select="$book-registers[1]"><li><a epub:type="backmatter" href="{.}.xhtml">{f:label('registers')}</a></li></xsl:for-each>
        <li><a epub:type="colophon" href="colophon.xhtml">{f:label('epub.colophon')}</a></li>
      </ol>
    </nav>
    <xsl:if test="exists($page-breaks)">
      <nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-label="{f:label('epub.pages')}">
        <ol>
          <xsl:for-each select="$page-breaks"><li><a href="{f:part-id(f:part(.))}.xhtml#{f:page-break-id(.)}">{normalize-space(@n)}</a></li></xsl:for-each>
        </ol>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- What the headers say, as on the page about the edition, without what only its makers ask. Horizontal: much of it is Latin. -->
  <xsl:mode name="m:book-colophon" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:book-colophon">
    <xsl:variable name="headers" as="element()*" select=".//teiHeader[parent::TEI]"/>
    <xsl:variable name="list" as="element()*">
      <xsl:sequence select="
          f:about('source', $headers/fileDesc/sourceDesc/*),
          f:about('edition', $headers/fileDesc/(editionStmt/edition, publicationStmt/(publisher, date, idno[not(@type eq 'file')]))),
          f:about('licence', $headers/fileDesc/publicationStmt/availability/*),
          f:about('project', $headers/encodingDesc/projectDesc/*)"/>
      <xsl:for-each-group select="$headers/encodingDesc/editorialDecl/(correction | normalization | punctuation | interpretation)" group-by="local-name()">
        <xsl:sequence select="f:about(local-name(), current-group())"/>
      </xsl:for-each-group>
      <xsl:sequence select="
          f:about('persons-responsible', $headers/fileDesc/titleStmt/(editor[not(normalize-space() = ../respStmt/name/normalize-space())] | respStmt)),
          f:about('characters', $headers/encodingDesc/charDecl/*)"/>
    </xsl:variable>
    <section class="colophon" epub:type="colophon" role="doc-colophon" aria-labelledby="colophon-head">
      <h1 id="colophon-head">{f:label('epub.colophon')}</h1>
      <p class="work"><xsl:sequence select="f:lang($site-language)"/>{string-join(($site-title, f:subtitle()), f:label('separator'))}</p>
      <dl>
        <xsl:apply-templates select="$list" mode="m:xhtml"/>
        <xsl:if test="$fonts eq 'yes'">
          <dt>{f:label('epub.font')}</dt>
          <dd><p>{f:label('epub.font.licence')}</p></dd>
        </xsl:if>
      </dl>
    </section>
  </xsl:template>

  <!-- m:xhtml: markup of the site for an e-book, without what only the scripts of the site read. -->
  <xsl:mode name="m:xhtml" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="*" mode="m:xhtml">
    <xsl:element name="{local-name()}"><xsl:apply-templates select="@* | node()" mode="m:xhtml"/></xsl:element>
  </xsl:template>

  <xsl:template match="@*[starts-with(name(), 'data-')]" mode="m:xhtml" priority="2"/>
  <xsl:template match="@lang" mode="m:xhtml" priority="2"><xsl:sequence select="f:lang(.)"/></xsl:template>
  <xsl:template match="text()[f:has-private(.)]" mode="m:xhtml" priority="2"><xsl:sequence select="f:shown(.)"/></xsl:template>

  <!-- An address that is no URL to the letter stays text. -->
  <xsl:template match="*:a[not(f:is-url(@href))]" mode="m:xhtml" priority="2"><span><xsl:apply-templates mode="m:xhtml"/></span></xsl:template>

  <xsl:function name="f:is-url" as="xs:boolean">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="matches($address, '^https?://[A-Za-z0-9.\-]+(:\d{1,5})?([/?#]([A-Za-z0-9\-._~:/?@!$&amp;''()*+,;=#]|%[0-9A-Fa-f]{2}|[&#xA0;-&#xD7FF;])*)?$')"/>
  </xsl:function>
</xsl:stylesheet>
