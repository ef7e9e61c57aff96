<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Registers as the index of a printed book: a name, its other names, and where it stands. What the TEI tells of it is for the site. -->

  <!-- The registers of which the text mentions anything. -->
  <xsl:variable name="book-registers" as="xs:string*" select="('persons', 'places', 'peoples', 'works')[exists($entities(.)[map:contains($mentioned-in, @xml:id)])]"/>

  <xsl:mode name="m:book-register" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:book-register">
    <xsl:param name="register" as="xs:string"/>
    <section class="register" epub:type="index" role="doc-index" aria-labelledby="register-head">
      <h1 id="register-head">{f:label($register || '.title')}</h1>
      <ul epub:type="index-entry-list">
        <xsl:sequence select="f:lang($site-language)"/>
        <xsl:apply-templates select="f:in-order($register, $sort)[map:contains($mentioned-in, @xml:id)]" mode="m:book-register"/>
      </ul>
    </section>
  </xsl:template>

  <!-- A name, its other names, and links to the entries that mention it, juan by juan where there are several. -->
  <xsl:template match="person | place | org | bibl" mode="m:book-register">
    <xsl:variable name="name" as="xs:string" select="f:headword(.)"/>
    <xsl:variable name="others" as="xs:string*" select="distinct-values((persName, placeName, orgName, title) ! f:plain(.))[not(. = ('', $name))]"/>
    <li epub:type="index-entry">
      <b class="headword" epub:type="index-term"><xsl:sequence select="f:drawn($name)"/></b>
      <xsl:if test="exists($others)"><xsl:text> </xsl:text><span class="others"><xsl:sequence select="f:drawn(string-join($others, f:label('comma')))"/></span></xsl:if>
      <span class="places">
        <xsl:for-each-group select="$mentioned-in(@xml:id)" group-adjacent="?juan">
          <xsl:if test="$several-juan"><xsl:text> </xsl:text><span class="juan">{$juan-titles(?juan)}</span></xsl:if>
          <xsl:for-each-group select="current-group()" group-adjacent="?address">
            <xsl:text>{if (position() gt 1) then f:label('comma') else ' '}</xsl:text>
            <a href="{?address}">{?label}</a>
          </xsl:for-each-group>
        </xsl:for-each-group>
      </span>
    </li>
  </xsl:template>

  <!-- Id of an entity → the entries that mention it, and the parts that do so outside entries. Asked downwards, entry by entry:
       to climb from each mention to its entry takes Saxon-JS longer than the rest of the book. -->
  <xsl:variable name="mentioned-in" as="map(xs:string, map(*)*)" select="
      map:merge(
        for $part in $parts, $place in ($part//div[@type eq 'entry'], $part[exists(f:outside-entries(.))])
        return f:places($place, if ($place is $part) then f:outside-entries($part) else f:mentions-in($place)),
        map { 'duplicates': 'combine' })"/>

  <xsl:function name="f:places" as="map(xs:string, map(*))*">
    <xsl:param name="place" as="element()"/>
    <xsl:param name="mentions" as="element()*"/>
    <xsl:variable name="link" as="map(*)" select="map {
        'address': f:address-of($place),
        'label': if ($place/@type eq 'entry') then f:numeral(f:entry-number($place)) else f:part-title($place),
        'juan': generate-id(f:juan($place)) }"/>
    <xsl:sequence select="distinct-values($mentions ! f:targets(.)) ! map:entry(., $link)"/>
  </xsl:function>

  <xsl:function name="f:mentions-in" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/descendant::*[@ref or @corresp][self::persName or self::placeName or self::orgName or self::rs or self::bibl]"/>
  </xsl:function>

  <xsl:function name="f:outside-entries" as="element()*">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="all" as="element()*" select="f:mentions-in($part)"/>
    <xsl:if test="count($all) ne sum($part//div[@type eq 'entry'] ! count(f:mentions-in(.)))">
      <xsl:sequence select="$all[not(ancestor::div[@type eq 'entry'])]"/>
    </xsl:if>
  </xsl:function>

  <xsl:variable name="juan-titles" as="map(xs:string, xs:string)" select="map:merge($parts ! f:juan(.) ! map:entry(generate-id(.), f:unit-title(.)), map { 'duplicates': 'use-first' })"/>

  <xsl:variable name="several-juan" as="xs:boolean" select="count($parts/f:juan(.)) gt 1"/>
</xsl:stylesheet>
