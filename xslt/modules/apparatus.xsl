<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- 校記: proposals, variants and composed characters of a unit, for who prints the page or cannot hover. -->

  <xsl:mode name="m:apparatus" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:apparatus">
    <xsl:variable name="unit" as="element()" select="."/>
    <xsl:variable name="readings" as="element(app)*" select="ancestor::TEI/standOff//app[exists(f:app-place(.)/ancestor::* intersect $unit)]"/>
    <xsl:variable name="places" as="element()*" select=".//choice[sic and corr] | .//g | $readings ! f:app-place(.)"/>
    <xsl:if test="exists($places)">
      <section class="apparatus" lang="{$primary-language}">
        <h2><xsl:sequence select="f:both('apparatus')"/></h2>
        <ol>
          <xsl:for-each select="$places">
            <xsl:variable name="place" as="element()" select="."/>
            <xsl:apply-templates select="self::choice | self::g | $readings[f:app-place(.) is $place]" mode="m:apparatus"><xsl:with-param name="place" select="."/></xsl:apply-templates>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="choice" mode="m:apparatus">
    <xsl:param name="place" as="element()"/>
    <li id=":{f:choice-anchor(.)}"><a class="reference" href="#{f:choice-anchor(.)}">{f:reference(.)}</a><xsl:text> </xsl:text><xsl:sequence select="f:visible(f:proposal(.))"/><xsl:text> </xsl:text><xsl:sequence select="f:signed-gloss(corr[1])"/></li>
  </xsl:template>

  <xsl:template match="g" mode="m:apparatus">
    <xsl:param name="place" as="element()"/>
    <xsl:variable name="declared" as="element()?" select="f:in-file(substring-after(@ref, '#'), ancestor::TEI[last()])[1]"/>
    <li>
      <a class="reference" href="#{ancestor::div[1]/f:anchor(.)}">{f:reference(.)}</a>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="."/>
      <xsl:text> </xsl:text>
      <xsl:text>{f:label('character', f:spelled(.))}</xsl:text>
      <xsl:for-each select="$declared/localProp[@name eq 'IDS'][1]/@value">{f:label('separator')}<xsl:sequence select="f:visible(.)"/></xsl:for-each>
      <xsl:for-each select="$declared/mapping[@type eq 'standard'][1]">{f:label('separator') || f:label('character.standard', string(.))}</xsl:for-each>
    </li>
  </xsl:template>

  <xsl:template match="app" mode="m:apparatus">
    <xsl:param name="place" as="element()"/>
    <xsl:variable name="first" as="xs:boolean" select="f:readings-of($place)[1] is ."/>
    <li data-of="{substring-after(@from, '#')}">
      <xsl:if test="$first"><xsl:attribute name="id" select="':' || substring-after(@from, '#')"/></xsl:if>
      <a class="reference" href="#{($place/@xml:id, $place/ancestor::div[1]/f:anchor(.))[1]}">{f:reference($place)}</a>
      <xsl:text> </xsl:text>
      <xsl:for-each select="rdg">
        <xsl:variable name="source" as="element()?" select="key('entity', substring-after(tokenize(@source)[1], '#'))[1]"/>
        <xsl:if test="position() gt 1">{f:label('comma')}</xsl:if>
        <xsl:sequence select="f:label('variant', (f:readable(normalize-space(../lem)), string(($source ! f:headword(.), f:label('variant.unnamed'))[1]), normalize-space()))"/>
      </xsl:for-each>
      <xsl:text> </xsl:text>
      <xsl:sequence select="f:signed-gloss(.)"/>
    </li>
  </xsl:template>

  <xsl:key name="app-of" match="app" use="generate-id(ancestor::TEI[last()]) || ' ' || @from"/>

  <!-- The readings that the file of an element has for it. -->
  <xsl:function name="f:readings-of" as="element(app)*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@xml:id/key('app-of', generate-id($element/ancestor::TEI[last()]) || ' #' || ., $document)"/>
  </xsl:function>

  <!-- The element of the text that a reading belongs to. -->
  <xsl:function name="f:app-place" as="element()?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="$app/@from/f:in-file(substring-after(., '#'), $app/ancestor::TEI)[1]"/>
  </xsl:function>
</xsl:stylesheet>
