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
      <xsl:copy-of select="@type"/>
      <xsl:apply-templates/>
    </note>
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
    <xsl:variable name="glyph" as="element()?" select="key('p:glyph', substring-after(@ref, '#'))[1]"/>
    <gaiji ids="{$glyph/localProp[@name = 'IDS'][1]/@value}" standard="{$glyph/mapping[@type = 'standard'][1]}">
      <xsl:apply-templates/>
    </gaiji>
    <xsl:variable name="form" as="item()?" select="($glyph/localProp[@name = 'IDS']/@value, $glyph/mapping[@type = 'standard'])[1]"/>
    <xsl:sequence select="p:intervention(., 'gaiji', string(.), string($form), (.[@resp], $glyph, .)[1])"/>
  </xsl:template>

  <!-- Corrections are proposals: the page prints the source. -->
  <xsl:template match="choice">
    <xsl:apply-templates select="sic | orig | abbr"/>
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

  <xsl:key name="p:responsible" match="respStmt | editor | application" use="@xml:id"/>

  <!-- The name of who signed an element: a person's, or what a rule of the software is called. -->
  <xsl:function name="p:signature" as="xs:string">
    <xsl:param name="signed" as="element()"/>
    <xsl:variable name="who" as="element()?" select="key('p:responsible', substring-after(tokenize($signed/@resp)[1], '#'), root($signed))[1]"/>
    <xsl:sequence select="normalize-space(string(($who/name, $who/persName, $who/label, $who)[1]))"/>
  </xsl:function>

  <!-- Elements whose text the page prints as it stands. -->
  <xsl:template match="date | bibl | biblScope | seg | rs | sic | orig | abbr | roleName | num | quote | q | said | term">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Milestones have no text. -->
  <xsl:template match="lb | pb | cb | milestone | anchor"/>

</xsl:stylesheet>
