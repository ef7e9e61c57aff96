<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:fn="http://www.w3.org/2005/xpath-functions" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- An entity as JSON-LD in the vocabulary of schema.org, in the XML form of JSON, which keeps the order. -->

  <xsl:variable name="schema-types" as="map(xs:string, xs:string)" select="
      map { 'person': 'Person', 'place': 'Place', 'org': 'Organization', 'bibl': 'CreativeWork', 'event': 'Event' }"/>

  <xsl:function name="f:json-ld" as="element(fn:map)">
    <xsl:param name="entity" as="element()"/>
    <xsl:variable name="same" as="element()+" select="key('entity', $entity/@xml:id, root($entity))"/>
    <xsl:variable name="facts" as="element()*" select="f:known($entity)?facts"/>
    <xsl:variable name="name" as="xs:string" select="f:headword($entity)"/>
    <fn:map>
      <fn:string key="@context">https://schema.org</fn:string>
      <fn:string key="@type">{$schema-types(local-name($entity))}</fn:string>
      <xsl:sequence select="
          f:json('@id', f:entity-page($entity) => substring-after('/')),
          f:json('identifier', string($entity/@xml:id)),
          f:json('name', $name),
          f:json-list('alternateName', distinct-values($facts[self::persName or self::placeName or self::orgName or self::title] ! f:plain(.))[. ne $name]),
          f:json-list('description', distinct-values($facts[self::note or self::desc] ! normalize-space())[. ne '']),
          f:json-list('sameAs', distinct-values($facts[self::idno] ! f:address(.))),
          f:json-list('url', distinct-values($same/self::bibl/ref/@target[f:is-web(.)] ! string(.)))"/>
      <xsl:apply-templates select="$entity" mode="m:json-ld"/>
      <xsl:sequence select="f:json-entries('subjectOf', (f:entry($entity), f:mentions($entity)/ancestor::div[@type eq 'entry'][1])/.)"/>
    </fn:map>
  </xsl:function>

  <!-- What only one kind of entity has. -->
  <xsl:mode name="m:json-ld" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="person" mode="m:json-ld">
    <xsl:variable name="same" as="element()+" select="key('entity', @xml:id)"/>
    <xsl:sequence select="f:json('birthDate', ($same/birth/@when)[1] ! string(.)), f:json('deathDate', ($same/death/@when)[1] ! string(.))"/>
  </xsl:template>

  <xsl:template match="place" mode="m:json-ld">
    <xsl:variable name="degrees" as="xs:string*" select="f:degrees(.) ! tokenize(.)"/>
    <xsl:if test="exists($degrees)">
      <fn:map key="geo">
        <fn:string key="@type">GeoCoordinates</fn:string>
        <fn:string key="latitude">{$degrees[1]}</fn:string>
        <fn:string key="longitude">{$degrees[2]}</fn:string>
      </fn:map>
    </xsl:if>
  </xsl:template>

  <xsl:template match="org" mode="m:json-ld"/>

  <xsl:template match="bibl" mode="m:json-ld">
    <xsl:sequence select="f:json-list('author', distinct-values(key('entity', @xml:id)/author ! normalize-space())[. ne ''])"/>
  </xsl:template>

  <xsl:template match="event" mode="m:json-ld">
    <xsl:variable name="ends" as="xs:string*" select="f:ends(.)"/>
    <xsl:sequence select="f:json('startDate', $ends[1]), f:json('endDate', $ends[last()])"/>
    <xsl:where-populated>
      <fn:array key="about">
        <xsl:for-each select="f:entry(.) ! f:named-in(.)">
          <fn:map>
            <fn:string key="@type">{$schema-types(local-name())}</fn:string>
            <fn:string key="@id">../{f:entity-page(.)}</fn:string>
            <fn:string key="name">{f:headword(.)}</fn:string>
          </fn:map>
        </xsl:for-each>
      </fn:array>
    </xsl:where-populated>
  </xsl:template>

  <!-- Entries of the edition as parts of it, addressed from the page of the entity. -->
  <xsl:function name="f:json-entries" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:where-populated>
      <fn:array key="{$key}">
        <xsl:for-each select="$entries">
          <fn:map>
            <fn:string key="@type">CreativeWork</fn:string>
            <fn:string key="name">{$site-title} {f:reference(.)}</fn:string>
            <fn:string key="url">../{f:page(f:unit(.))}#{f:anchor(.)}</fn:string>
          </fn:map>
        </xsl:for-each>
      </fn:array>
    </xsl:where-populated>
  </xsl:function>

  <xsl:function name="f:json" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="exists($value)"><fn:string key="{$key}">{$value}</fn:string></xsl:if>
  </xsl:function>

  <!-- A list, one value as itself, nothing for none. -->
  <xsl:function name="f:json-list" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:choose>
      <xsl:when test="count($values) gt 1"><fn:array key="{$key}"><xsl:for-each select="$values"><fn:string>{.}</fn:string></xsl:for-each></fn:array></xsl:when>
      <xsl:otherwise><xsl:sequence select="f:json($key, $values)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>
</xsl:stylesheet>
