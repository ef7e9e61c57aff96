<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The parts of the book that get a document each, and where things stand. -->

  <!-- As $units of the site, with what stands beside juan: a preface is text too. -->
  <xsl:variable name="parts" as="element()*" select="
      /teiCorpus//text/body/(if (child::div[@type eq 'juan']) then child::div/(if (@type eq 'juan' and f:is-long(.)) then child::div else .) else .)"/>

  <xsl:variable name="part-ids" as="map(xs:string, xs:string)" select="
      map:merge(for $at in 1 to count($parts) return map:entry(generate-id($parts[$at]), f:name-part($parts[$at], $at)))"/>

  <!-- `juan-03`, `juan-03-2` for its second year; `text-2` where juan have no number or share it, and for what is no juan. ASCII, as e-readers want. -->
  <xsl:function name="f:name-part" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="at" as="xs:integer"/>
    <xsl:variable name="juan" as="element()?" select="$part/ancestor-or-self::div[@type eq 'juan'][1][@n castable as xs:integer]"/>
    <xsl:variable name="year" as="xs:integer" select="if ($part is $juan) then 1 else count($part/preceding-sibling::div) + 1"/>
    <xsl:sequence select="
        if ($juan and count(key('juan', $juan/@n, root($part))) eq 1 and xs:integer($juan/@n) ge 0) then string-join(('juan', format-number(xs:integer($juan/@n), '00'), string($year)[$year gt 1]), '-')
        else 'text-' || $at"/>
  </xsl:function>

  <xsl:function name="f:part-id" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="$part-ids(generate-id($part))"/>
  </xsl:function>

  <!-- The part that a node stands in; what opens a divided juan stands in its first year. -->
  <xsl:function name="f:part" as="element()?">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="around" as="element()?" select="$node/ancestor-or-self::*[map:contains($part-ids, generate-id(.))][1]"/>
    <xsl:sequence select="if ($around) then $around else ($node/ancestor-or-self::*/div)[map:contains($part-ids, generate-id(.))][1]"/>
  </xsl:function>

  <!-- Whether a part is the first year of a divided juan: it carries the heading of the juan. -->
  <xsl:function name="f:opens-juan" as="xs:boolean">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="exists($part/parent::div) and empty($part/preceding-sibling::div)"/>
  </xsl:function>

  <xsl:function name="f:part-title" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="head" as="xs:string" select="string($part/head[1]/f:plain(.))"/>
    <xsl:sequence select="
        if ($part/self::div[not(@type eq 'juan')][not(parent::div)]) then ($head[. ne ''], f:label('untitled'))[1]
        else f:unit-title($part)"/>
  </xsl:function>

  <!-- Address of a div or a part, from any document of the book. -->
  <xsl:function name="f:address-of" as="xs:string">
    <xsl:param name="div" as="element()"/>
    <xsl:sequence select="$addresses(generate-id($div))"/>
  </xsl:function>

  <!-- Made once: the registers ask for the same ones again and again. -->
  <xsl:variable name="addresses" as="map(xs:string, xs:string)" select="
      map:merge(for $part in $parts, $div in ($part | $part//div) return
        map:entry(generate-id($div), f:part-id($part) || '.xhtml' || (if ($div is $part) then '' else '#' || f:id-of(f:anchor($div)))))"/>

  <!-- An id that XHTML takes. An xml:id is one, unless the TEI is not valid. -->
  <xsl:function name="f:id-of" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="if ($id castable as xs:NCName) then $id else 'x' || string-join(string-to-codepoints($id) ! f:hex(.), '-')"/>
  </xsl:function>

  <!-- Level of the heading of a div: 1 for that of its document. -->
  <xsl:function name="f:level" as="xs:integer">
    <xsl:param name="div" as="element()"/>
    <xsl:variable name="part" as="element()" select="f:part($div)"/>
    <xsl:variable name="depth" as="xs:integer" select="count($div/ancestor-or-self::div[not(. is $part)][ancestor::*[. is $part]])"/>
    <xsl:sequence select="min((6, 1 + $depth + (if (f:opens-juan($part)) then 1 else 0)))"/>
  </xsl:function>

  <!-- Language of a node, for both kinds of reading systems. -->
  <xsl:function name="f:lang" as="attribute()+">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="tag" as="xs:string" select="f:language-tag($language)"/>
    <xsl:attribute name="lang" select="$tag"/>
    <xsl:attribute name="xml:lang" select="$tag"/>
  </xsl:function>

  <xsl:function name="f:language-tag" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:sequence select="if (matches($language, '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$')) then $language else 'lzh-Hant'"/>
  </xsl:function>

  <!-- A numeral as the book writes it; what is no number stays. -->
  <xsl:function name="f:numeral" as="xs:string">
    <xsl:param name="number" as="xs:string"/>
    <xsl:sequence select="if ($number castable as xs:integer) then f:han(xs:integer($number)) else $number"/>
  </xsl:function>
</xsl:stylesheet>
