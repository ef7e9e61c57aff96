<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Inside a block: names, titles, 夾注, what editors did, characters. Names are no links: a tap on them turns the page. -->

  <xsl:template match="persName | placeName | orgName | rs">
    <span class="name {f:name-class(.)}{f:adjacent(.)}"><xsl:apply-templates/></span>
    <xsl:if test="not(f:in-name(.))"><xsl:sequence select="descendant::g ! f:reference-mark(.)"/></xsl:if>
  </xsl:template>

  <!-- A mark inside a name would break its line: it stands behind the name. -->
  <xsl:function name="f:in-name" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="exists($node/ancestor::*[self::persName or self::placeName or self::orgName or self::rs])"/>
  </xsl:function>

  <!-- Two names without anything between them: their lines must not run together. -->
  <xsl:function name="f:adjacent" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/preceding-sibling::node()[not(self::comment() or self::processing-instruction())][1][self::persName or self::placeName or self::orgName or self::rs]) then ' adjacent' else ''"/>
  </xsl:function>

  <xsl:template match="title"><cite class="title"><xsl:apply-templates/></cite></xsl:template>

  <xsl:template match="date | bibl | seg | unclear"><span class="{local-name()}"><xsl:apply-templates/></span></xsl:template>

  <!-- 夾注 is text of the work, not of the edition: it stays in the line, smaller. -->
  <xsl:template match="note"><span class="note"><xsl:apply-templates/></span></xsl:template>

  <xsl:template match="note[f:is-editorial(.)]" priority="2"><xsl:sequence select="f:reference-mark(.)"/></xsl:template>

  <!-- 〔〕 stand in the source file; the TEI may have them as markup. -->
  <xsl:template match="supplied">
    <xsl:variable name="bare" as="xs:boolean" select="not(starts-with(., '〔'))"/>
    <span class="supplied"><xsl:if test="$bare">〔</xsl:if><xsl:apply-templates/><xsl:if test="$bare">〕</xsl:if></span>
  </xsl:template>

  <!-- Nothing in the source, a sign on the page. -->
  <xsl:template match="gap"/>

  <xsl:template match="gap[f:is-bare-gap(.)]" priority="2"><span class="gap" data-source="">□</span></xsl:template>

  <!-- The reading of the source is the text; what editors propose is a note. -->
  <xsl:template match="choice">
    <xsl:apply-templates select="if (sic | orig | abbr) then sic | orig | abbr else *[1]"/>
    <xsl:if test="sic and corr"><xsl:sequence select="f:reference-mark(.)"/></xsl:if>
  </xsl:template>

  <xsl:template match="corr | reg | expan | ex | figDesc"/>

  <xsl:template match="sic | orig | abbr | author | biblScope | quote | q | said | term | num | roleName | forename | surname | addName | name | ref | hi | emph | foreign | measure | am | fw | citedRange">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- A character that no font has: drawn of its parts, or the ordinary character that may stand for it. `data-source` has the spelling of the source. -->
  <xsl:template match="g">
    <xsl:variable name="declared" as="element()?" select="f:glyph(.)"/>
    <xsl:variable name="ids" as="xs:string" select="string($declared/localProp[@name eq 'IDS'][1]/@value)"/>
    <xsl:variable name="standard" as="xs:string?" select="$declared/mapping[@type eq 'standard'][1]/string()"/>
    <span class="g" data-source="{.}">
      <xsl:choose>
        <xsl:when test="$standard ne ''">{$standard}</xsl:when>
        <xsl:when test="f:is-composable($ids)"><xsl:sequence select="f:composed($ids)"/></xsl:when>
        <xsl:when test="$ids ne '' and not(matches($ids, '\p{Co}'))">{$ids}</xsl:when>
        <xsl:otherwise>{replace(., '\p{Co}', '〓')}</xsl:otherwise>
      </xsl:choose>
    </span>
    <xsl:if test="$declared and not(f:in-name(.))"><xsl:sequence select="f:reference-mark(.)"/></xsl:if>
  </xsl:template>

  <xsl:function name="f:is-composable" as="xs:boolean">
    <xsl:param name="ids" as="xs:string"/>
    <xsl:sequence select="matches($ids, '^([⿰⿱][^⿰-⿻\p{Co}]{2}|[⿲⿳][^⿰-⿻\p{Co}]{3})$')"/>
  </xsl:function>

  <!-- Whole characters pressed together: SVG, because no e-reader takes the CSS for it. The title is what is read aloud. -->
  <xsl:function name="f:composed" as="element()">
    <xsl:param name="ids" as="xs:string"/>
    <xsl:variable name="characters" as="xs:string*" select="tail(string-to-codepoints($ids)) ! codepoints-to-string(.)"/>
    <xsl:variable name="count" as="xs:integer" select="count($characters)"/>
    <xsl:variable name="beside" as="xs:boolean" select="matches($ids, '^[⿰⿲]')"/>
    <svg xmlns="http://www.w3.org/2000/svg" class="composed" role="img" viewBox="0 0 100 100" width="1em" height="1em" aria-label="{$ids}">
      <xsl:for-each select="$characters">
        <xsl:variable name="at" as="xs:integer" select="100 * (position() - 1) idiv $count"/>
        <!-- 88: the baseline of the em box of Noto Serif TC. -->
        <text x="0" y="88" font-size="100" fill="currentColor" transform="{if ($beside) then 'translate(' || $at || ' 0) scale(' || round(1 div $count, 3) || ' 1)' else 'translate(0 ' || $at || ') scale(1 ' || round(1 div $count, 3) || ')'}">{.}</text>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- Private-use characters mean nothing in an e-reader: 〓 is shown. -->
  <xsl:template match="text()[f:has-private(.)]" priority="3">
    <xsl:analyze-string select="replace(., '[ \t]*[\r\n][\s\p{Z}]*', '')" regex="\p{{Co}}">
      <xsl:matching-substring><span class="g" data-source="{.}">〓</span></xsl:matching-substring>
      <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <xsl:template match="*" priority="-10">
    <xsl:message error-code="d:unhandled-element">Unexpected element `{name()}` in `{string-join(ancestor::*/name(), '/')}` of `{f:tei-id(.)}`, expected one that xslt/modules/epub-inlines.xsl has a template for.</xsl:message>
    <xsl:apply-templates/>
  </xsl:template>
</xsl:stylesheet>
