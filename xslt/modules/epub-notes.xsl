<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Notes of the edition (proposals, composed characters, readings, editors' notes): a mark in the text, and an aside that e-readers open over it. -->

  <xsl:function name="f:is-editorial" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="$note/@type = ('editorial', 'apparatus', 'generated')"/>
  </xsl:function>

  <!-- Part → what has a note in it, in the order of the text. A reading of a 夾注 has none: the 夾注 itself says it. -->
  <xsl:variable name="noted" as="map(xs:string, element()*)" select="map:merge($parts ! map:entry(f:part-id(.), f:noted(.)))"/>

  <xsl:function name="f:noted" as="element()*">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="(f:before($part), $part, f:after($part)) ! descendant-or-self::*[self::choice[sic and corr] or self::note[f:is-editorial(.)] or self::g[f:glyph(.)] or exists(f:readings(.))]
      [not(ancestor-or-self::corr or ancestor::note[f:is-editorial(.)])]"/>
  </xsl:function>

  <xsl:variable name="note-numbers" as="map(xs:string, xs:integer)" select="
      map:merge(for $part in $parts, $at in 1 to count($noted(f:part-id($part))) return map:entry(generate-id($noted(f:part-id($part))[$at]), $at))"/>

  <xsl:function name="f:readings" as="element(app)*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element[not(self::note)]/f:readings-of(.)"/>
  </xsl:function>

  <xsl:function name="f:glyph" as="element()?">
    <xsl:param name="g" as="element(g)"/>
    <xsl:sequence select="f:in-file(substring-after($g/@ref, '#'), $g/ancestor::TEI[last()])[1]"/>
  </xsl:function>

  <!-- The mark of a note: 〔一〕. Nothing inside a note that is itself one of the edition, or in a proposal. -->
  <xsl:function name="f:reference-mark" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$note-numbers(generate-id($element))">
      <a class="noteref added" epub:type="noteref" role="doc-noteref" id="weibian-r{.}" href="#weibian-n{.}">〔{f:han(.)}〕</a>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="*[exists(f:readings(.))]" priority="9">
    <xsl:next-match/>
    <xsl:if test="not(self::choice[sic and corr] or self::g)"><xsl:sequence select="f:reference-mark(.)"/></xsl:if>
  </xsl:template>

  <!-- The notes of a part. No heading: e-readers that open notes over the text leave the asides out of it, and a heading would stand alone. -->
  <xsl:mode name="m:footnotes" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:footnotes">
    <xsl:if test="exists($noted(f:part-id(.)))">
      <section class="footnotes added" aria-label="{f:label('apparatus')}">
        <xsl:for-each select="$noted(f:part-id(.))">
          <aside epub:type="footnote" role="doc-footnote" id="weibian-n{position()}">
            <p>
              <a class="back" role="doc-backlink" href="#weibian-r{position()}">〔{f:han(position())}〕</a>
              <xsl:apply-templates select=".[not(self::note)] | f:readings(.)" mode="m:footnote"/>
              <xsl:apply-templates select="self::note/node()"/>
            </p>
          </aside>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:mode name="m:footnote" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- What has only readings says nothing itself. -->
  <xsl:template match="*" mode="m:footnote" priority="-1"/>

  <xsl:template match="choice[sic and corr]" mode="m:footnote">
    <xsl:variable name="cert" as="xs:string?" select="corr[1]/@cert[. = ('high', 'medium', 'low', 'unknown')]/(f:label('certain') || f:label('colon') || f:label('cert.' || .))"/>
    <xsl:sequence select="f:drawn(string-join((f:proposal(.), $cert, f:proposer(corr[1])), f:label('separator')))"/>
  </xsl:template>

  <!-- Who proposes: a person by name, a rule of the software as such. -->
  <xsl:function name="f:proposer" as="xs:string?">
    <xsl:param name="corr" as="element(corr)"/>
    <xsl:variable name="by-rule" as="xs:boolean" select="exists(f:in-file(tokenize($corr/@resp) ! substring-after(., '#'), $corr/ancestor::TEI[last()])[self::application])"/>
    <xsl:sequence select="if ($by-rule) then f:label('epub.by-rule') else f:signed($corr)[. ne '']"/>
  </xsl:function>

  <xsl:template match="g" mode="m:footnote">
    <xsl:sequence select="f:shown(string-join((
        f:label('character', f:spelled(.)),
        f:glyph(.)/localProp[@name eq 'IDS'][1]/string(@value),
        f:glyph(.)/mapping[@type eq 'standard'][1]/f:label('character.standard', string(.)))[. ne ''], f:label('separator')))"/>
  </xsl:template>

  <xsl:template match="app" mode="m:footnote">
    <xsl:for-each select="rdg">
      <xsl:variable name="source" as="element()?" select="key('entity', substring-after(tokenize(@source)[1], '#'))[1]"/>
      <xsl:if test="position() gt 1">{f:label('comma')}</xsl:if>
      <xsl:sequence select="f:drawn(f:label('variant', (f:readable(normalize-space(../lem)), string(($source ! f:headword(.), f:label('variant.unnamed'))[1]), normalize-space())))"/>
    </xsl:for-each>
  </xsl:template>

  <!-- Spelling of the source → what it is composed of, by the headers. -->
  <xsl:variable name="composed-of" as="map(xs:string, xs:string)" select="
      map:merge(/teiCorpus//charDecl/*[f:is-composable(string(localProp[@name eq 'IDS'][1]/@value))][mapping[not(@type eq 'standard')]/string() ne '']
        ! map:entry(string(mapping[not(@type eq 'standard')][1]), string(localProp[@name eq 'IDS'][1]/@value)), map { 'duplicates': 'use-first' })"/>

  <!-- Text of the edition, with the characters drawn that the source spells by their parts. -->
  <xsl:function name="f:drawn" as="node()*">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="spelling" as="xs:string?" select="map:keys($composed-of)[contains($text, .)][1]"/>
    <xsl:choose>
      <xsl:when test="exists($spelling)">
        <xsl:sequence select="f:drawn(substring-before($text, $spelling)), f:composed($composed-of($spelling)), f:drawn(substring-after($text, $spelling))"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="f:shown($text)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Text of the edition for the page: private-use characters as 〓. -->
  <xsl:function name="f:shown" as="text()">
    <xsl:param name="text" as="xs:string"/>
    <xsl:value-of select="replace($text, '\p{Co}', '〓')"/>
  </xsl:function>
</xsl:stylesheet>
