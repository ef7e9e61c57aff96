<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: inside a block: notes, names with a side line, titles with a wavy one, composed characters, supplied text. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <!-- Maps, not keys: a key looks at every node of the document once, and these things stand in the header. -->
  <xsl:variable name="p:glyphs" as="map(xs:string, element())" select="
      map:merge(/TEI/teiHeader/encodingDesc//charDecl/*[@xml:id] ! map:entry(string(@xml:id), .), map { 'duplicates': 'use-first' })"/>

  <xsl:template match="note">
    <note>
      <xsl:copy-of select="@type"/>
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
      <xsl:sequence select="p:entity(substring-after(@ref, '#'))"/>
      <xsl:apply-templates/>
    </name>
  </xsl:template>

  <xsl:template match="title">
    <title>
      <xsl:sequence select="p:entity(substring-after((@ref, ancestor::bibl[1]/@corresp)[1], '#'))"/>
      <xsl:apply-templates/>
    </title>
  </xsl:template>

  <xsl:template match="supplied">
    <supplied>
      <xsl:apply-templates/>
    </supplied>
    <xsl:sequence select="p:intervention(., 'supplied', string(.), '', .)"/>
  </xsl:template>

  <xsl:template match="g">
    <xsl:variable name="glyph" as="element()?" select="$p:glyphs(substring-after(@ref, '#'))"/>
    <xsl:sequence select="p:gaiji(string(), $glyph)"/>
    <xsl:variable name="form" as="item()?" select="($glyph/localProp[@name = 'IDS']/@value, $glyph/mapping[@type = 'standard'])[1]"/>
    <xsl:sequence select="p:intervention(., 'gaiji', string(.), string($form), (.[@resp], $glyph, .)[1])"/>
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
    <xsl:for-each select="corr[1]">
      <xsl:sequence select="p:intervention(., 'correction', string(../sic), string(.), .)"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A fault that is marked, with no correction beside it. -->
  <xsl:template match="sic[not(parent::choice)]">
    <xsl:apply-templates/>
    <xsl:sequence select="p:intervention(., 'sic', string(.), '', .)"/>
  </xsl:template>

  <!-- Which entity is meant: its id and kind; nothing for an entity that the standOff does not have. -->
  <xsl:function name="p:entity" as="attribute()*">
    <xsl:param name="id" as="xs:string"/>
    <xsl:for-each select="$entities($id)">
      <xsl:attribute name="key" select="$id"/>
      <xsl:attribute name="of" select="."/>
    </xsl:for-each>
  </xsl:function>

  <!-- A mark without text for what was done at this place. It stands behind the text it speaks of. -->
  <xsl:function name="p:intervention" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="of" as="xs:string"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:param name="signed" as="element()"/>
    <intervention of="{$of}" text="{normalize-space($text)}" reading="{normalize-space($reading)}" by="{p:signature($signed)}" cert="{$signed/@cert}"/>
  </xsl:function>

  <xsl:variable name="p:responsible" as="map(xs:string, element())" select="
      map:merge(/TEI/teiHeader//(respStmt | editor | application)[@xml:id] ! map:entry(string(@xml:id), .), map { 'duplicates': 'use-first' })"/>

  <!-- The name of who signed an element: a person's, or what a rule of the software is called. -->
  <xsl:function name="p:signature" as="xs:string">
    <xsl:param name="signed" as="element()"/>
    <xsl:variable name="who" as="element()?" select="$p:responsible(substring-after(tokenize($signed/@resp)[1], '#'))"/>
    <xsl:sequence select="normalize-space(string(($who/name, $who/persName, $who/label, $who)[1]))"/>
  </xsl:function>

  <!-- Elements whose text the page prints as it stands. -->
  <xsl:template match="date | bibl | biblScope | seg | rs | sic | orig | abbr | roleName | num | quote | q | said | term | rb | unclear">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Milestones have no text, and what the source has in the place of a gap stands beside it. -->
  <xsl:template match="lb | pb | cb | milestone | anchor | gap"/>

</xsl:stylesheet>
