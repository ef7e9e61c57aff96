<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- calendar.html: the months of each year with their first days, and the entries that speak of their days. -->

  <!-- Dates of the text by year and month: `咸平2-閏9`. -->
  <xsl:key name="civil-month" match="body//date[@when-custom]" use="string-join(tokenize(@when-custom, '-')[position() le 2], '-')"/>

  <xsl:mode name="m:calendar-page" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:calendar-page">
    <xsl:variable name="corpus" as="element()" select="."/>
    <xsl:for-each-group select="$paged-years" group-by="?page">
      <xsl:variable name="shown" as="map(*)+" select="current-group()"/>
      <xsl:variable name="page" as="xs:integer" select="current-grouping-key()"/>
      <xsl:result-document href="{f:year-page('calendar', $page)}" format="page">
        <xsl:apply-templates select="$corpus" mode="m:shell">
          <xsl:with-param name="kind" select="'calendar'"/>
          <xsl:with-param name="title" select="f:label('calendar.title')"/>
          <xsl:with-param name="styles" select="'chronology'"/>
          <xsl:with-param name="main">
            <header class="register-head">
              <h1><xsl:sequence select="f:both('calendar.title')"/></h1>
              <p class="way"><a href="{f:year-page('chronology', $page)}"><xsl:sequence select="f:both('chronology.title')"/></a></p>
            </header>
            <xsl:sequence select="f:year-pages('calendar', $page)"/>
            <xsl:for-each select="$shown[exists($calendar(?key))]"><xsl:sequence select="f:calendar-year(.)"/></xsl:for-each>
          </xsl:with-param>
        </xsl:apply-templates>
      </xsl:result-document>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="f:calendar-year" as="element()">
    <xsl:param name="year" as="map(*)"/>
    <xsl:variable name="known" as="map(*)" select="$calendar($year?key)"/>
    <section class="calendar-year" id="{f:year-anchor($year)}">
      <h2>
        <span class="civil" lang="{$site-language}">{$year?label}</span><xsl:text> </xsl:text>
        <span class="cyclical" lang="{$site-language}">{$known?pair}</span><xsl:text> </xsl:text>
        <span class="western">{$known?western}</span>
      </h2>
      <xsl:if test="exists($known?also?*)"><p class="also" lang="{$site-language}">{string-join($known?also?*, f:label('comma'))}</p></xsl:if>
      <div class="scroll" tabindex="0" role="region" aria-label="{$year?label}">
        <table class="months">
          <thead>
            <tr><xsl:for-each select="'month', 'new-moon', 'length', 'julian', 'gregorian', 'days'"><th scope="col"><xsl:sequence select="f:both('column.' || .)"/></th></xsl:for-each></tr>
          </thead>
          <tbody>
            <xsl:for-each select="$known?months?*">
              <tr>
                <th scope="row" lang="{$site-language}">{f:month-name(?key)}月</th>
                <td lang="{$site-language}">{?pair}</td>
                <td lang="{$site-language}">{if (?days eq 30) then '大' else '小'}</td>
                <td>{f:short-year(?julian)}</td>
                <td>{f:short-year(?gregorian)}</td>
                <td class="days"><xsl:sequence select="f:calendar-days(., key('civil-month', $year?key || '-' || ?key, $document))"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:function>

  <!-- The days of a month that the text names, and before them the entries that name the month alone. -->
  <xsl:function name="f:calendar-days" as="node()*">
    <xsl:param name="month" as="map(*)"/>
    <xsl:param name="dates" as="element()*"/>
    <xsl:for-each-group select="$dates" group-by="string(tokenize(@when-custom, '-')[3])">
      <xsl:sort select="if (current-grouping-key() castable as xs:integer) then xs:integer(current-grouping-key()) else if (current-grouping-key() eq '') then 0 else 99"/>
      <xsl:variable name="day" as="xs:string" select="current-grouping-key()"/>
      <span class="day">
        <xsl:if test="$day ne ''">
          <span class="day-name" lang="{$site-language}">{if ($day castable as xs:integer) then f:han(xs:integer($day)) || '日' || f:pair-after($month?pair, xs:integer($day) - 1) else $day}</span>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:for-each-group select="current-group()" group-by="generate-id((ancestor::body, ancestor::div)[last()])">
          <xsl:variable name="holder" as="element()" select="(ancestor::body, ancestor::div)[last()]"/>
          <a class="reference" href="{f:page(f:unit(.))}{$holder[self::div] ! ('#' || f:anchor(.))}" title="{f:plain(.)}">{f:reference(.)}</a>
          <xsl:text> </xsl:text>
        </xsl:for-each-group>
      </span>
      <xsl:text> </xsl:text>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The pair so many days after a day of a pair: 甲子 and 2 → 丙寅. -->
  <xsl:function name="f:pair-after" as="xs:string">
    <xsl:param name="pair" as="xs:string"/>
    <xsl:param name="days" as="xs:integer"/>
    <xsl:variable name="stems" as="xs:string" select="'甲乙丙丁戊己庚辛壬癸'"/>
    <xsl:variable name="branches" as="xs:string" select="'子丑寅卯辰巳午未申酉戌亥'"/>
    <xsl:variable name="stem" as="xs:integer" select="string-length(substring-before($stems, substring($pair, 1, 1))) + $days"/>
    <xsl:variable name="branch" as="xs:integer" select="string-length(substring-before($branches, substring($pair, 2, 1))) + $days"/>
    <xsl:sequence select="substring($stems, $stem mod 10 + 1, 1) || substring($branches, $branch mod 12 + 1, 1)"/>
  </xsl:function>
</xsl:stylesheet>
