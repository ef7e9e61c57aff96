<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Which civil year a part of the text belongs to, and the years of the whole text in order. -->

  <xsl:key name="year-div" match="div[@type eq 'year']" use="@n"/>

  <!-- The civil year of a node of the text, `咸平2`: that of its div, else that of its entry's date; empty where neither says one. -->
  <xsl:function name="f:year-key" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="said" as="xs:string?" select="$node/ancestor-or-self::div[@type eq 'year'][1]/@n"/>
    <xsl:sequence select="
        if ($said) then $said
        else string(tokenize($node/ancestor-or-self::div[@type eq 'entry'][1]/f:event(.)/@when-custom, '-')[1])"/>
  </xsl:function>

  <!-- The event of an entry, in the file of the entry. -->
  <xsl:function name="f:event" as="element()?">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry/@xml:id/key('event', ., $entry/ancestor::TEI)[1]"/>
  </xsl:function>

  <!-- The calendar of the years that the text names, as src/edition/year-calendar.ts gives it. -->
  <xsl:variable name="calendar" as="map(xs:string, map(*))" select="parse-json($calendar-json)"/>

  <!-- The years of the text in the order of time; those of which no time is known stand behind, in the order of the text. -->
  <xsl:variable name="years" as="map(*)*">
    <xsl:for-each-group select="$units//div[@type eq 'entry']" group-by="f:year-key(.)">
      <xsl:sort select="(f:western-year(current-grouping-key()), 99999)[1]"/>
      <xsl:variable name="key" as="xs:string" select="current-grouping-key()"/>
      <xsl:variable name="event" as="element()?" select="key('year-div', $key)[1]/f:year-event(.)"/>
      <xsl:sequence select="map {
          'key': $key,
          'label': ($event/label/normalize-space(), $key[. ne ''] ! f:civil(.), f:label('year.unknown'))[. ne ''][1],
          'pair': string(($event/desc[1]/normalize-space(), $calendar($key)?pair)[1]),
          'western': f:western-year($key),
          'entries': current-group() }"/>
    </xsl:for-each-group>
  </xsl:variable>

  <xsl:function name="f:year-event" as="element()?">
    <xsl:param name="year" as="element()"/>
    <xsl:sequence select="$year/@corresp/f:in-file(substring-after(tokenize(.)[1], '#'), $year/ancestor::TEI)[1]"/>
  </xsl:function>

  <!-- The Western year that holds most of a civil year: by the calendar, else by the event of the year. -->
  <xsl:function name="f:western-year" as="xs:integer?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="start" as="attribute()?" select="key('year-div', $key, $document)[1]/f:year-event(.)/(@from, @when)[1]"/>
    <xsl:sequence select="($calendar($key)?western ! xs:integer(.), $start[matches(., '^-?\d{4,}')] ! xs:integer(replace(., '(\d)-.*$', '$1')))[1]"/>
  </xsl:function>

  <!-- Name of a year in figures, for marks that have no room: 999, or the civil year where no other is known. -->
  <xsl:function name="f:short-name" as="xs:string">
    <xsl:param name="year" as="map(*)"/>
    <xsl:sequence select="string(($year?western, $year?label)[1])"/>
  </xsl:function>
</xsl:stylesheet>
