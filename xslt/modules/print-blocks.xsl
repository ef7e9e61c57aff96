<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: the blocks of the text: juan, year headings (supplied, from standOff), 綱 and 目. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:variable name="p:events" as="map(xs:string, element(event))" select="
      map:merge(/TEI/standOff//event[@xml:id] ! map:entry(string(@xml:id), .), map { 'duplicates': 'use-first' })"/>

  <xsl:template match="body">
    <xsl:choose>
      <xsl:when test="./div[@type = 'juan']">
        <xsl:apply-templates select="*"/>
      </xsl:when>
      <xsl:otherwise>
        <juan>
          <xsl:apply-templates select="*"/>
        </juan>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="div[@type = 'juan']">
    <juan>
      <xsl:copy-of select="@n"/>
      <xsl:apply-templates select="*"/>
    </juan>
  </xsl:template>

  <xsl:template match="div[@type = 'year']">
    <xsl:variable name="event" as="element(event)?" select="$p:events(substring-after(@corresp, '#'))"/>
    <year label="{normalize-space(($event/label, @n)[1])}" note="{normalize-space($event/desc[1])}" western="{p:western(($event/@from, $event/@when)[1])}" unset="{exists(head[@type = 'year'])}"/>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <!-- The number of the year of an ISO date: 999 of 0999-01-25, -104 of -0104-11-25. -->
  <xsl:function name="p:western" as="xs:string">
    <xsl:param name="date" as="xs:string?"/>
    <xsl:sequence select="replace($date, '^(-?)0*(\d+).*$', '$1$2')"/>
  </xsl:function>

  <xsl:template match="div">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="head">
    <gang id="{ancestor::div[@xml:id][1]/@xml:id}" label="{p:label(.)}" heading="{@type[. = ('juan', 'year')]}">
      <xsl:sequence select="p:indent(.)"/>
      <xsl:apply-templates/>
      <xsl:apply-templates select="@xml:id ! $p:apps(.)" mode="p:remark"/>
    </gang>
  </xsl:template>

  <xsl:template match="p | ab">
    <mu id="{ancestor::div[@xml:id][1]/@xml:id}">
      <xsl:sequence select="p:indent(.)"/>
      <xsl:apply-templates/>
      <xsl:apply-templates select="@xml:id ! $p:apps(.)" mode="p:remark"/>
    </mu>
  </xsl:template>

  <!-- The indent that @rend asks for: 頂格, 低一格, 低2格. -->
  <xsl:function name="p:indent" as="attribute(indent)?">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="word" as="xs:string?" select="tokenize($block/@rend)[matches(., '^(頂格|低([0-9]|[一二三四五六七八九])格)$')][1]"/>
    <xsl:if test="$word">
      <xsl:attribute name="indent" select="if ($word eq '頂格') then '0' else translate(substring($word, 2, 1), '一二三四五六七八九', '123456789')"/>
    </xsl:if>
  </xsl:function>

  <!-- The headline without its notes: the outline of the PDF shows it. -->
  <xsl:function name="p:label" as="xs:string">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="$head//text()[not(ancestor::note | ancestor::corr)] => string-join() => normalize-space()"/>
  </xsl:function>

</xsl:stylesheet>
