<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: inside a block: notes, names with a side line, titles with a wavy one, composed characters, supplied text. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:key name="p:glyph" match="charDecl/*" use="@xml:id"/>

  <xsl:template match="note">
    <note>
      <xsl:apply-templates/>
    </note>
  </xsl:template>

  <!-- 眉批 stand in the top margin; those of the editors are no part of the text. -->
  <xsl:template match="note[tokenize(@place, '[\s-]+') = 'top']" priority="2">
    <brow generated="{p:editorial(.)}">
      <xsl:apply-templates/>
    </brow>
  </xsl:template>

  <!-- Notes of the editors are 校記. -->
  <xsl:template match="note[p:editorial(.)]" priority="1">
    <remark>
      <xsl:apply-templates/>
    </remark>
  </xsl:template>

  <!-- 抬頭: new column, one cell above it, or one empty cell. -->
  <xsl:template match="hi">
    <xsl:variable name="degree" as="xs:string?" select="(tokenize(@rend) ! $p:degrees(.))[1]"/>
    <xsl:choose>
      <xsl:when test="$degree">
        <honour degree="{$degree}">
          <xsl:apply-templates/>
        </honour>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="p:degrees" as="map(xs:string, xs:string)" select="map { '平抬': 'ping', '單抬': 'dan', '挪抬': 'nuo' }"/>

  <!-- The base is text, the reading is not. -->
  <xsl:template match="ruby">
    <ruby text="{normalize-space(string-join(rt, ' '))}">
      <xsl:apply-templates select="rb"/>
    </ruby>
  </xsl:template>

  <xsl:template match="persName | placeName | orgName">
    <name>
      <xsl:apply-templates/>
    </name>
  </xsl:template>

  <xsl:template match="title">
    <title>
      <xsl:apply-templates/>
    </title>
  </xsl:template>

  <xsl:template match="supplied">
    <supplied>
      <xsl:apply-templates/>
    </supplied>
  </xsl:template>

  <xsl:template match="g">
    <xsl:sequence select="p:gaiji(string(), key('p:glyph', substring-after(@ref, '#'))[1])"/>
  </xsl:template>

  <!-- A character by its spelling, with its IDS and its standard character where the header has them. -->
  <xsl:function name="p:gaiji" as="element()">
    <xsl:param name="spelling" as="xs:string"/>
    <xsl:param name="glyph" as="element()?"/>
    <gaiji ids="{$glyph/localProp[@name = 'IDS'][1]/@value}" standard="{$glyph/mapping[@type = 'standard'][1]}">{$spelling}</gaiji>
  </xsl:function>

  <!-- Corrections are proposals: the page prints the source, the apparatus says them. -->
  <xsl:template match="choice">
    <xsl:apply-templates select="sic | orig | abbr"/>
    <xsl:apply-templates select="self::choice[sic]/corr[normalize-space()]" mode="p:remark"/>
  </xsl:template>

  <!-- Elements whose text the page prints as it stands. -->
  <xsl:template match="date | bibl | biblScope | seg | rs | sic | orig | abbr | roleName | num | quote | q | said | term | rb">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Milestones have no text. -->
  <xsl:template match="lb | pb | cb | milestone | anchor"/>

</xsl:stylesheet>
