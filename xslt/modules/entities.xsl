<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- m:entity: what the TEI says of a person, place, people, work or event, one fact each. -->

  <xsl:mode name="m:entity" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="persName | placeName | orgName | title" mode="m:entity">
    <xsl:if test="not(f:plain(.) eq f:headword(..))">
      <xsl:variable name="source" as="element()?" select="@source/key('entity', substring-after(tokenize(.)[1], '#'))[1]"/>
      <p class="fact"><span class="label"><xsl:sequence select="f:value-label('name', string((@type, 'other')[1]))"/></span><xsl:text> </xsl:text>
        <span lang="{f:language(.)}"><xsl:sequence select="f:visible(f:plain(.))"/></span>
        <xsl:if test="$source"><xsl:text> </xsl:text><a class="bibl" href="{f:entity-href($source)}"><cite class="title">{f:headword($source)}</cite></a></xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="birth | death | floruit | date" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.' || local-name())"/></span><xsl:text> </xsl:text><span>{string-join((@when-custom/f:civil(.), f:interval(.)[. ne ''], normalize-space()[. ne '']), f:label('separator'))}</span></p>
  </xsl:template>

  <!-- What two files say alike is said once. -->
  <xsl:function name="f:fact-key" as="xs:string">
    <xsl:param name="fact" as="element()"/>
    <xsl:sequence select="string-join((local-name($fact), $fact/@type, $fact/@when, $fact/@source, normalize-space($fact)), ' ')"/>
  </xsl:function>

  <!-- Another person who may be meant, with the chance of it. -->
  <xsl:template match="certainty" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.certainty')"/></span><xsl:text> </xsl:text><span lang="{f:language(..)}">{@assertedValue}</span><xsl:text> </xsl:text><span>{string-join((desc/normalize-space(), format-number(@degree, '0%')), f:label('separator'))}</span></p>
  </xsl:template>

  <xsl:template match="author | editor | extent | publisher | location" mode="m:entity">
    <p class="fact"><span class="label"><xsl:sequence select="f:both('fact.' || local-name())"/></span><xsl:text> </xsl:text><span><xsl:apply-templates select="* | text()[normalize-space()]" mode="m:entity"/></span></p>
  </xsl:template>

  <!-- An identifier links where the header says how (prefixDef), or where it is an address itself. -->
  <xsl:template match="idno" mode="m:entity">
    <xsl:variable name="address" as="xs:string?" select="f:address(.)"/>
    <p class="fact"><span class="label">{string((@type, f:label('fact.idno'))[1])}</span><xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="$address"><a href="{$address}">{normalize-space()}</a></xsl:when>
        <xsl:otherwise><span>{normalize-space()}</span></xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <xsl:key name="prefix" match="prefixDef" use="generate-id(ancestor::TEI[last()]) || ' ' || lower-case(@ident)"/>

  <!-- The web address of an identifier; nothing where it has none. -->
  <xsl:function name="f:address" as="xs:string?">
    <xsl:param name="idno" as="element()"/>
    <xsl:variable name="value" as="xs:string" select="normalize-space($idno)"/>
    <xsl:variable name="prefix" as="element()?" select="$idno/@type/key('prefix', generate-id($idno/ancestor::TEI) || ' ' || lower-case(.))[matches($value, '^(' || @matchPattern || ')$')][1]"/>
    <xsl:sequence select="(if ($prefix) then replace($value, $prefix/@matchPattern, $prefix/@replacementPattern) else $value)[f:is-web(.)]"/>
  </xsl:function>

  <xsl:template match="note | person/desc | place/desc | org/desc | bibl/desc" mode="m:entity">
    <p class="gloss" lang="{f:prose-language(.)}"><xsl:apply-templates mode="m:entity"/></p>
  </xsl:template>

  <xsl:template match="location/desc | location/settlement | location/region | measure | ref | p" mode="m:entity">
    <xsl:apply-templates mode="m:entity"/>
  </xsl:template>

  <!-- Where the work can be read. -->
  <xsl:template match="listBibl/bibl/ref[f:is-web(@target)]" mode="m:entity">
    <p class="fact"><a href="{@target}">{normalize-space()}</a></p>
  </xsl:template>

  <!-- An address that is none of the web is text. -->
  <xsl:template match="listBibl/bibl/ref[not(f:is-web(@target))]" mode="m:entity">
    <p class="fact"><span>{normalize-space()}</span></p>
  </xsl:template>

  <xsl:template match="geo" mode="m:entity">
    <xsl:if test="preceding-sibling::*">{f:label('separator')}</xsl:if>
    <xsl:sequence select="f:degrees-text(normalize-space())"/>
  </xsl:template>

  <!-- Latitude and longitude for reading; coordinates of other hemispheres stay as they are. -->
  <xsl:function name="f:degrees-text" as="node()*">
    <xsl:param name="geo" as="xs:string"/>
    <xsl:variable name="degrees" as="xs:string*" select="tokenize($geo)"/>
    <xsl:choose>
      <xsl:when test="count($degrees) eq 2 and not($degrees[starts-with(., '-')])"><xsl:sequence select="f:both('coordinates', $degrees)"/></xsl:when>
      <xsl:otherwise>{$geo}</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A fact with its label; nothing for nothing. -->
  <xsl:function name="f:fact" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="$value ne ''"><p class="fact"><span class="label"><xsl:sequence select="f:both($key)"/></span><xsl:text> </xsl:text><span>{$value}</span></p></xsl:if>
  </xsl:function>

  <!-- The headline of an event is its name; what happened inside it has entities of its own. -->
  <xsl:template match="event/label | event/listEvent" mode="m:entity"/>

  <xsl:template match="event/desc | event/p" mode="m:entity">
    <p class="gloss" lang="{f:prose-language(.)}"><xsl:apply-templates mode="m:entity"/></p>
  </xsl:template>

  <!-- The facts of all elements of one id, each once; those of an event begin with its date and its entry. -->
  <xsl:function name="f:facts" as="element()*">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="$entity/@type[not(parent::event)]/f:value-label(local-name(..), .)"/>
    <xsl:for-each select="$entity/self::event">
      <xsl:sequence select="
          f:fact('fact.date', @when-custom/f:civil(.)),
          f:fact('column.julian', f:join-interval(f:ends(.) ! f:julian(.))),
          f:fact('column.gregorian', f:interval(.))"/>
    </xsl:for-each>
    <xsl:apply-templates select="f:known($entity)?facts" mode="m:entity"/>
  </xsl:function>

  <!-- What all files say of the entity of an id. -->
  <xsl:function name="f:known" as="map(*)">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="$known-of($entity/@xml:id)"/>
  </xsl:function>

  <!--
    Id → what the files say of the entity, put together once, because every juan that names it asks again: its facts and passages, each
    once, the first description with a place on earth, its certain coordinates, the number of its mentions.
  -->
  <xsl:variable name="known-of" as="map(xs:string, map(*))">
    <xsl:map>
      <xsl:for-each-group select="$register-order ! $entities(.)" group-by="@xml:id">
        <xsl:variable name="facts" as="element()*">
          <xsl:for-each-group select="current-group()/*" group-by="f:fact-key(.)"><xsl:sequence select="."/></xsl:for-each-group>
        </xsl:variable>
        <xsl:variable name="passages" as="element()*">
          <xsl:for-each-group select="current-group()/ptr[@type eq 'passage'][f:is-web(@target)]" group-by="@n || ' ' || @target"><xsl:sequence select="."/></xsl:for-each-group>
        </xsl:variable>
        <xsl:map-entry key="string(current-grouping-key())" select="map {
            'facts': $facts,
            'passages': $passages,
            'located': current-group()[location/geo][1],
            'degrees': (current-group()/location[not(@cert) or @cert eq 'high']/geo ! normalize-space())[exists($map?points?(.))][1],
            'mentions': count(key('mention', current-grouping-key(), $document)) }"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The entry that an event tells. -->
  <xsl:function name="f:entry" as="element()?">
    <xsl:param name="event" as="element()"/>
    <xsl:sequence select="(tokenize($event/@corresp)[starts-with(., '#')] ! f:in-file(substring(., 2), $event/ancestor::TEI))[self::div][1]"/>
  </xsl:function>

  <!-- Where the text speaks of an entity; for an event that is its entry, and wherever else the text points at it. -->
  <xsl:function name="f:mentions" as="element()*">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="key('mention', $entity/@xml:id, root($entity))"/>
  </xsl:function>
</xsl:stylesheet>
