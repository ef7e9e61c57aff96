<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Generated text by key, from xslt/locale: no template holds a literal label. -->

  <!-- Language → key → text. -->
  <xsl:variable name="labels" as="map(xs:string, map(xs:string, xs:string))" select="
      map:merge(($primary-language, $secondary-language)[. ne ''] ! map:entry(., map:merge(
        doc(resolve-uri('locale/' || . || '.xml', static-base-uri()))/*/* ! map:entry(string(@key), string(.)))))"/>

  <!-- The text of a key in a language, {1}, {2} … replaced by the arguments; a missing key is our own fault and ends the run. -->
  <xsl:function name="f:text" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:variable name="text" as="xs:string?" select="
        if (exists($arguments) and $arguments[last()] eq '1') then ($labels($language)($key || '.one'), $labels($language)($key))[1] else $labels($language)($key)"/>
    <xsl:if test="empty($text)">
      <xsl:sequence select="error(xs:QName('d:missing-label'), 'no label ' || $key || ' in ' || $language)"/>
    </xsl:if>
    <xsl:sequence select="
        if (empty($arguments)) then $text
        else fold-left(1 to count($arguments), $text, function($filled, $at) {
          f:put($filled, '{' || $at || '}', $arguments[$at]) })"/>
  </xsl:function>

  <!-- A text with another one in each place of a mark. -->
  <xsl:function name="f:put" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="mark" as="xs:string"/>
    <xsl:param name="by" as="xs:string?"/>
    <xsl:sequence select="
        if (contains($text, $mark)) then substring-before($text, $mark) || $by || f:put(substring-after($text, $mark), $mark, $by)
        else $text"/>
  </xsl:function>

  <!-- The text of a key in the primary language. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="f:text($primary-language, $key, ())"/>
  </xsl:function>

  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:sequence select="f:text($primary-language, $key, $arguments)"/>
  </xsl:function>

  <!-- The label of a value that the text may choose freely (a type): the value itself where no label is known. -->
  <xsl:function name="f:value-label" as="element()*">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$prefix || '.' || $value"/>
    <xsl:choose>
      <xsl:when test="map:contains($labels($primary-language), $key)"><xsl:sequence select="f:both($key)"/></xsl:when>
      <xsl:otherwise><span>{$value}</span></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The label in both languages, each with its lang. -->
  <xsl:function name="f:both" as="element()*">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="if (map:contains($both-of, $key)) then $both-of($key) else f:both($key, ())"/>
  </xsl:function>

  <!-- Key → its label in both languages, made once. -->
  <xsl:variable name="both-of" as="map(xs:string, element()*)" select="
      map:merge(map:keys($labels($primary-language))[$secondary-language eq '' or map:contains($labels($secondary-language), .)] ! map:entry(., f:both(., ())))"/>

  <xsl:function name="f:both" as="element()*">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <span class="primary" lang="{$primary-language}">{f:text($primary-language, $key, $arguments)}</span>
    <xsl:if test="$secondary-language ne ''">
      <span class="secondary" lang="{$secondary-language}">{' ' || f:text($secondary-language, $key, $arguments)}</span>
    </xsl:if>
  </xsl:function>

  <!-- A label for the ear only: in the primary language, with both beside it for assets/interface.js. -->
  <xsl:function name="f:aria-label" as="attribute()+">
    <xsl:param name="key" as="xs:string"/>
    <xsl:attribute name="aria-label" select="f:label($key)"/>
    <xsl:sequence select="f:label-data($key)"/>
  </xsl:function>

  <!-- A choice of a list, which takes no markup: in both languages where no script runs. -->
  <xsl:function name="f:option" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <option value=""><xsl:sequence select="f:label-data($key)"/>{f:both-text($key, ())}</option>
  </xsl:function>

  <xsl:function name="f:label-data" as="attribute()+">
    <xsl:param name="key" as="xs:string"/>
    <xsl:for-each select="$primary-language, $secondary-language[. ne '']">
      <xsl:attribute name="data-label-{lower-case(.)}" select="f:text(., $key, ())"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The label in both languages, for places that take no markup. -->
  <xsl:function name="f:both-text" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:sequence select="string-join(($primary-language, $secondary-language[. ne '']) ! f:text(., $key, $arguments), ' ')"/>
  </xsl:function>

  <!-- A whole number from 0 to 9999 in Chinese numerals; a larger one in digits. -->
  <xsl:function name="f:han" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="digit" as="function(xs:integer) as xs:string" select="function($n) { substring('零一二三四五六七八九', $n + 1, 1) }"/>
    <xsl:variable name="unit" as="xs:integer" select="((1000, 100, 10)[. le $number], 1)[1]"/>
    <xsl:variable name="rest" as="xs:integer" select="$number mod $unit"/>
    <xsl:sequence select="
        if ($number lt 0 or $number gt 9999) then string($number)
        else if ($number lt 10) then $digit($number)
        else string-join((
          if ($number lt 20) then '' else $digit($number idiv $unit),
          map { 10: '十', 100: '百', 1000: '千' }($unit),
          if ($rest eq 0) then ''
          else if ($rest lt $unit idiv 10) then '零' || f:han($rest)
          else if ($rest ge 10 and $rest lt 20) then '一' || f:han($rest)
          else f:han($rest)))"/>
  </xsl:function>
</xsl:stylesheet>
