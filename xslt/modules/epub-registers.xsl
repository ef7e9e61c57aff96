<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Registers as the index of a printed book: a name, its other names, and where it stands. What the TEI tells of it is for the site. -->

  <!-- The registers of which the text mentions anything. -->
  <xsl:variable name="book-registers" as="xs:string*" select="('persons', 'places', 'peoples', 'works')[exists($entities(.)[exists(f:mentions(.))])]"/>

  <xsl:function name="f:book-register" as="element()">
    <xsl:param name="register" as="xs:string"/>
    <section class="register" epub:type="index" role="doc-index" aria-labelledby="register-head">
      <h1 id="register-head">{f:label($register || '.title')}</h1>
      <ul epub:type="index-entry-list">
        <xsl:sequence select="f:lang($site-language)"/>
        <xsl:for-each select="f:in-order($register, $sort)[exists(f:mentions(.))]">
          <li epub:type="index-entry">
            <b class="headword" epub:type="index-term"><xsl:sequence select="f:drawn(f:headword(.))"/></b>
            <xsl:variable name="others" as="xs:string*" select="distinct-values((persName, placeName, orgName, title) ! f:plain(.))[not(. = ('', f:headword(current())))]"/>
            <xsl:if test="exists($others)"><xsl:text> </xsl:text><span class="others"><xsl:sequence select="f:drawn(string-join($others, f:label('comma')))"/></span></xsl:if>
            <xsl:sequence select="f:places-in-text(.)"/>
          </li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:function>

  <!-- Links to the entries that mention an entity, juan by juan where there are several. -->
  <xsl:function name="f:places-in-text" as="element()">
    <xsl:param name="entity" as="element()"/>
    <xsl:variable name="places" as="element()*" select="f:mentions($entity) ! (if (ancestor::div[@type eq 'entry']) then ancestor::div[@type eq 'entry'][1] else f:part(.))"/>
    <span class="places">
      <xsl:for-each-group select="$places" group-adjacent="generate-id(f:juan(.))">
        <xsl:if test="$several-juan"><xsl:text> </xsl:text><span class="juan">{f:unit-title(f:juan(.))}</span></xsl:if>
        <xsl:for-each-group select="current-group()" group-adjacent="generate-id()">
          <xsl:text>{if (position() gt 1) then f:label('comma') else ' '}</xsl:text>
          <a href="{f:address-of(.)}">{if (@type eq 'entry') then f:numeral(f:entry-number(.)) else f:part-title(.)}</a>
        </xsl:for-each-group>
      </xsl:for-each-group>
    </span>
  </xsl:function>

  <xsl:variable name="several-juan" as="xs:boolean" select="count($parts/f:juan(.)) gt 1"/>
</xsl:stylesheet>
