<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The documents of the text: juan, years, entries with 綱 and 目. What the edition adds to the text has the class `added`. -->

  <xsl:mode name="m:part" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:part">
    <xsl:variable name="part" as="element()" select="."/>
    <xsl:if test="$part/self::body or $part/@type eq 'juan' or f:opens-juan($part)">
      <header class="part-head added">
        <xsl:variable name="title" as="xs:string" select="f:unit-title(f:juan($part))"/>
        <xsl:if test="$title ne $site-title"><p class="work"><xsl:sequence select="f:lang($site-language)"/>{$site-title}</p></xsl:if>
        <h1><xsl:sequence select="f:lang(f:language($part))"/>{$title}</h1>
      </header>
    </xsl:if>
    <div class="text">
      <xsl:sequence select="f:lang(f:language($part))"/>
      <xsl:apply-templates select="f:before($part)"/>
      <xsl:apply-templates select="if ($part/self::body or $part/@type eq 'juan') then $part/node() else $part"/>
      <xsl:apply-templates select="f:after($part)"/>
    </div>
    <xsl:apply-templates select="." mode="m:footnotes"/>
  </xsl:template>

  <!-- What stands before a part outside every part: a heading of a divided juan. -->
  <xsl:function name="f:before" as="node()*">
    <xsl:param name="part" as="element()"/>
    <xsl:if test="$part/self::div">
      <xsl:sequence select="if ($part/parent::div and empty($part/preceding-sibling::div)) then f:before($part/..) else ()"/>
      <xsl:sequence select="$part/preceding-sibling::node()[not(self::div)][following-sibling::div[1] is $part]"/>
    </xsl:if>
  </xsl:function>

  <!-- What stands behind the last part. -->
  <xsl:function name="f:after" as="node()*">
    <xsl:param name="part" as="element()"/>
    <xsl:if test="$part/self::div[empty(following-sibling::div)]">
      <xsl:sequence select="$part/following-sibling::node()"/>
      <xsl:sequence select="if ($part/parent::div) then f:after($part/..) else ()"/>
    </xsl:if>
  </xsl:function>

  <xsl:template match="div[f:is-block(.)]">
    <section id="{f:id-of(f:anchor(.))}"><xsl:apply-templates/></section>
  </xsl:template>

  <xsl:template match="div[@type eq 'year'][f:is-block(.)]" priority="2">
    <section class="year" id="{f:id-of(f:anchor(.))}">
      <xsl:element name="h{f:level(.)}">
        <xsl:attribute name="class" select="'year-head added'"/>
        <xsl:sequence select="f:year-heading(.)"/>
      </xsl:element>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <!-- 咸平二年 己亥 999, as everywhere in the editions. -->
  <xsl:function name="f:year-heading" as="node()*">
    <xsl:param name="year" as="element()"/>
    <xsl:variable name="label" as="node()*"><xsl:apply-templates select="$year" mode="m:year-label"/></xsl:variable>
    <xsl:apply-templates select="$label" mode="m:xhtml"/>
  </xsl:function>

  <xsl:template match="div[@type eq 'entry'][f:is-block(.)]" priority="2">
    <section class="entry" id="{f:id-of(f:anchor(.))}"><xsl:apply-templates/></section>
  </xsl:template>

  <!-- Line ends between blocks are not text. -->
  <xsl:template match="div/text()[not(normalize-space())] | body/text()[not(normalize-space())] | lg/text()[not(normalize-space())]" priority="2"/>

  <!-- Blocks stand in divisions; anywhere else (a paragraph in a note) XHTML wants a phrase. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="exists($node/parent::*[self::body or self::div[f:is-block(.)] or self::lg[f:is-block(.)]])"/>
  </xsl:function>

  <xsl:template match="head[f:is-block(.)]">
    <xsl:variable name="added" as="xs:string" select="if (@type = ('supplied', 'generated')) then ' added' else ''"/>
    <xsl:choose>
      <xsl:when test="@type eq 'year'"><p class="heading{$added}"><xsl:apply-templates/></p></xsl:when>
      <xsl:when test="@type eq 'gang' or parent::div/@type eq 'entry'">
        <xsl:element name="h{f:level(..)}">
          <xsl:attribute name="class" select="'gang' || $added"/>
          <xsl:sequence select="f:number(.)"/>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <!-- Under the heading of the juan, which the edition adds; a preface has only its own. -->
        <xsl:variable name="lower" as="xs:integer" select="if (parent::body or parent::div/@type = ('juan', 'year')) then 1 else 0"/>
        <xsl:element name="h{min((6, f:level(..) + $lower))}"><xsl:attribute name="class" select="'heading' || $added"/><xsl:apply-templates/></xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="(p | ab)[f:is-block(.)]">
    <p class="mu"><xsl:sequence select="f:number(.)"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="lg[f:is-block(.)]"><div class="lg"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="l[f:is-block(.)]"><p class="l"><xsl:apply-templates/></p></xsl:template>

  <xsl:template match="(div | head | p | ab | lg | l)[not(f:is-block(.))]"><span class="{local-name()}"><xsl:apply-templates/></span></xsl:template>

  <!-- The number of the entry, before its first block: the registers name it. -->
  <xsl:function name="f:number" as="element()?">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="entry" as="element()?" select="$block/parent::div[@type eq 'entry']"/>
    <xsl:if test="$entry and ($entry/(head | p | ab))[1] is $block">
      <span class="number added">{f:numeral(f:entry-number($entry))}</span>
    </xsl:if>
  </xsl:function>

  <!-- Lines of the file are layout, as src/core/body-text.ts reads them. -->
  <xsl:template match="text()">{replace(., '[ \t]*[\r\n][\s\p{Z}]*', '')}</xsl:template>

  <!-- Lines of the source file do not matter to the reader; pages of the print can be gone to. -->
  <xsl:template match="lb | cb | milestone | anchor"/>

  <xsl:variable name="page-breaks" as="element(pb)*" select="$parts//pb[@n/normalize-space() ne '']"/>

  <xsl:template match="pb"/>

  <xsl:template match="pb[@n/normalize-space() ne '']" priority="2">
    <span class="pagebreak added" epub:type="pagebreak" role="doc-pagebreak" id="{f:page-break-id(.)}" aria-label="{normalize-space(@n)}"/>
  </xsl:template>

  <xsl:function name="f:page-break-id" as="xs:string">
    <xsl:param name="break" as="element(pb)"/>
    <xsl:sequence select="'weibian-p' || $page-break-at(generate-id($break))"/>
  </xsl:function>

  <xsl:variable name="page-break-at" as="map(xs:string, xs:integer)" select="
      map:merge(for $at in 1 to count($page-breaks) return map:entry(generate-id($page-breaks[$at]), $at))"/>
</xsl:stylesheet>
