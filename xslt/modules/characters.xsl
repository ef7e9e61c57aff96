<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- g, and characters no font has: always something to see, and the spelling of the source for who copies the text. -->

  <xsl:template match="g">
    <xsl:variable name="declared" as="element()?" select="f:in-file(substring-after(@ref, '#'), ancestor::TEI)[1]"/>
    <xsl:variable name="ids" as="xs:string" select="string($declared/localProp[@name eq 'IDS'][1]/@value)"/>
    <xsl:variable name="standard" as="element(mapping)?" select="$declared/mapping[@type eq 'standard'][1]"/>
    <xsl:variable name="gloss" as="xs:string" select="string-join((f:label('character', string(.)), $ids, $standard/f:label('character.standard', string(.)))[. ne ''], f:label('separator'))"/>
    <xsl:choose>
      <xsl:when test="matches($ids, '^[⿰⿱]..$') and replace(., '[&lt;>]', '') eq substring($ids, 2)">
        <span class="g {if (starts-with($ids, '⿰')) then 'beside' else 'above'}" title="{$gloss}">
          <span class="unseen">{substring-before(., substring($ids, 2, 1))}</span>
          <span class="part"><xsl:sequence select="f:visible(substring($ids, 2, 1))"/></span>
          <span class="part"><xsl:sequence select="f:visible(substring($ids, 3, 1))"/></span>
          <span class="unseen">{substring-after(., substring($ids, 3, 1))}</span>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <span class="g" title="{$gloss}"><xsl:sequence select="f:visible(string(($standard, $ids[. ne ''], .)[1]))"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Spelling of the source → the ordinary character that may stand for it, by the headers. -->
  <xsl:variable name="standard-of" as="map(xs:string, xs:string)" select="
      map:merge(//charDecl/*[mapping[@type eq 'standard']] ! map:entry(string(mapping[not(@type eq 'standard')][1]), string(mapping[@type eq 'standard'][1])), map { 'duplicates': 'use-first' })"/>

  <xsl:variable name="spellings" as="xs:string*" select="map:keys($standard-of)[. ne '']"/>
  <xsl:variable name="spellings-begin" as="xs:string" select="string-join(distinct-values($spellings ! substring(., 1, 1)))"/>

  <!-- A text with ordinary characters for the spellings that have one; most texts have none, and are known by that. -->
  <xsl:function name="f:readable" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="
        if ($spellings-begin eq '' or translate($text, $spellings-begin, '') eq $text) then $text
        else fold-left($spellings[contains($text, .)], $text, function($read, $spelling) {
          string-join(tokenize($read, $spelling, 'q'), $standard-of($spelling)) })"/>
  </xsl:function>

  <!-- Private-use characters: 〓 is seen (by the style sheet), the character is copied. -->
  <xsl:template match="text()[f:has-private(.)]">
    <xsl:sequence select="f:visible(.)"/>
  </xsl:template>

  <!-- The private-use characters of all files: Saxon-JS reads a regular expression anew at each use, so a text is first asked for these. -->
  <xsl:variable name="private" as="xs:string" select="
      string-join(distinct-values((/teiCorpus/*, //localProp/@value) ! replace(., '\P{Co}+', '')[. ne ''] ! (string-to-codepoints(.) ! codepoints-to-string(.))))"/>

  <xsl:function name="f:has-private" as="xs:boolean">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="$private ne '' and translate($text, $private, '') ne $text"/>
  </xsl:function>

  <xsl:function name="f:visible" as="node()*">
    <xsl:param name="text" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="not(f:has-private($text))"><xsl:value-of select="$text[. ne '']"/></xsl:when>
      <xsl:otherwise>
        <xsl:analyze-string select="$text" regex="\p{{Co}}">
          <xsl:matching-substring>
            <span class="no-glyph" title="{f:label('character.private', f:code-point(.))}">{.}</span>
          </xsl:matching-substring>
          <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
        </xsl:analyze-string>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The spelling of the source in characters that fonts have: a private one as its number. -->
  <xsl:function name="f:spelled" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$text" regex="\p{{Co}}">
        <xsl:matching-substring><xsl:sequence select="f:code-point(.)"/></xsl:matching-substring>
        <xsl:non-matching-substring><xsl:sequence select="."/></xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <!-- `U+E7B7`. -->
  <xsl:function name="f:code-point" as="xs:string">
    <xsl:param name="character" as="xs:string"/>
    <xsl:sequence select="'U+' || f:hexadecimal(string-to-codepoints($character)[1])"/>
  </xsl:function>

  <xsl:function name="f:hexadecimal" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="(if ($number ge 16) then f:hexadecimal($number idiv 16) else '') || substring('0123456789ABCDEF', $number mod 16 + 1, 1)"/>
  </xsl:function>
</xsl:stylesheet>
