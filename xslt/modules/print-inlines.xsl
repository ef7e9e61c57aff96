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
    <xsl:variable name="glyph" as="element()?" select="key('p:glyph', substring-after(@ref, '#'))[1]"/>
    <gaiji ids="{$glyph/localProp[@name = 'IDS'][1]/@value}" standard="{$glyph/mapping[@type = 'standard'][1]}">
      <xsl:apply-templates/>
    </gaiji>
  </xsl:template>

  <!-- Corrections are proposals: the page prints the source. -->
  <xsl:template match="choice">
    <xsl:apply-templates select="sic | orig | abbr"/>
  </xsl:template>

  <!-- Elements whose text the page prints as it stands. -->
  <xsl:template match="date | bibl | biblScope | seg | rs | sic | orig | abbr | roleName | num | quote | q | said | term">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Milestones have no text. -->
  <xsl:template match="lb | pb | cb | milestone | anchor"/>

</xsl:stylesheet>
