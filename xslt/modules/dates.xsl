<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- date: the civil date and the Western interval, never in the text, always in reach. -->

  <xsl:template match="date[@when-custom or @when or @from or @notBefore]">
    <xsl:element name="{if (f:in-link(.)) then 'span' else 'a'}" namespace="">
      <xsl:attribute name="class" select="'date' || f:doubt(.)"/>
      <xsl:attribute name="id" select="f:date-anchor(.)"/>
      <xsl:if test="not(f:in-link(.))"><xsl:attribute name="href" select="'#:' || f:date-anchor(.)"/></xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="date">
    <span class="date{f:doubt(.)}"><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:function name="f:date-anchor" as="xs:string">
    <xsl:param name="date" as="element(date)"/>
    <xsl:variable name="div" as="element()?" select="$date/ancestor::div[1]"/>
    <xsl:sequence select="($div/f:anchor(.), f:tei-id($date))[1] || '.d' || ($date-at(generate-id($date)), 1)[1]"/>
  </xsl:function>

  <!-- Date → its place among the dates of its division. -->
  <xsl:variable name="date-at" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="/teiCorpus//text//date/ancestor::div[1]">
        <xsl:variable name="div" as="element(div)" select="."/>
        <xsl:for-each select=".//date">
          <xsl:if test="ancestor::div[1] is $div"><xsl:map-entry key="generate-id()" select="position()"/></xsl:if>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:mode name="m:dates" on-no-match="fail" on-multiple-match="fail"/>

  <!-- 紀日: every date of a unit, what it is in other calendars and how it was found. -->
  <xsl:template match="div | body" mode="m:dates">
    <xsl:variable name="dates" as="element(date)*" select=".//date[@when-custom or @when or @from or @notBefore]"/>
    <xsl:if test="exists($dates)">
      <section class="days" lang="{$primary-language}">
        <h2><xsl:sequence select="f:both('days')"/></h2>
        <ol>
          <xsl:iterate select="$dates">
            <xsl:param name="seen" as="map(xs:string, element(date))" select="map { }"/>
            <xsl:apply-templates select="." mode="m:dates"><xsl:with-param name="seen" select="$seen" tunnel="yes"/></xsl:apply-templates>
            <xsl:next-iteration><xsl:with-param name="seen" select="f:see($seen, .)"/></xsl:next-iteration>
          </xsl:iterate>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="date" mode="m:dates">
    <li id=":{f:date-anchor(.)}">
      <a class="reference" href="#{f:date-anchor(.)}">{f:reference(.)}</a>
      <xsl:text> </xsl:text>
      <span class="words" lang="{f:language(.)}">{f:plain(.)}</span>
      <dl>
        <xsl:sequence select="
            f:day-fact('civil', @when-custom/f:civil(.), f:language(.)),
            f:day-fact('gregorian', f:interval(.), ()),
            f:day-fact('julian', f:join-interval(f:ends(.) ! f:julian(.)), ()),
            f:day-fact('elsewhere', string-join(f:parallels(.), f:label('comma')), f:language(.))"/>
        <xsl:apply-templates select="." mode="m:chain"/>
        <xsl:for-each select="f:signed-gloss(.)">
          <div><dt><xsl:sequence select="f:both('days.signed')"/></dt><dd><xsl:sequence select="."/></dd></div>
        </xsl:for-each>
      </dl>
    </li>
  </xsl:template>

  <xsl:function name="f:day-fact" as="element()?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:param name="language" as="xs:string?"/>
    <xsl:if test="$value">
      <div>
        <dt><xsl:sequence select="f:both('days.' || $key)"/></dt>
        <dd><xsl:for-each select="$language"><xsl:attribute name="lang" select="."/></xsl:for-each>{$value}</dd>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- What other states called the time of a date. -->
  <xsl:function name="f:parallels" as="xs:string*">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="ends" as="xs:string*" select="f:ends($date)"/>
    <xsl:sequence select="array:flatten($parallel-dates(string-join(($date/@when-custom, $ends[1], $ends[last()]), ' '))) ! string(.)"/>
  </xsl:function>

  <xsl:variable name="parallel-dates" as="map(*)" select="parse-json($parallels)"/>

  <!-- Name of a year of the text: 咸平二年. -->
  <xsl:function name="f:year-name" as="xs:string">
    <xsl:param name="year" as="element()"/>
    <xsl:variable name="event" as="element()?" select="f:year-event($year)"/>
    <xsl:sequence select="($event/label/normalize-space(), $year/@n/f:civil(.), f:label('untitled'))[. ne ''][1]"/>
  </xsl:function>

  <!-- Everything known about a date, in one line: civil, Gregorian, Julian. -->
  <xsl:function name="f:date-gloss" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="gregorian" as="xs:string" select="f:interval($date)"/>
    <xsl:variable name="julian" as="xs:string" select="f:join-interval(f:ends($date) ! f:julian(.))"/>
    <xsl:sequence select="string-join((
        $date/@when-custom/f:civil(.),
        if ($gregorian ne '') then f:label('date.gregorian', $gregorian) else (),
        if ($julian ne '') then f:label('date.julian', $julian) else ()), f:label('separator'))"/>
  </xsl:function>

  <!-- `咸平2-閏9-3` → 咸平二年閏九月三日; what is not of that form is given as it is. -->
  <xsl:function name="f:civil" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($key, '-')"/>
    <xsl:variable name="year" as="xs:string" select="replace($parts[1], '^\D+', '')"/>
    <xsl:sequence select="
        if (not(matches($key, '^\D*\d{1,4}(-閏?\d{1,2}(-(\d{1,2}|\D{2}))?)?$'))) then $key
        else string-join((
          replace($parts[1], '\d+$', ''), if (xs:integer($year) eq 1) then '元' else f:han(xs:integer($year)), '年',
          $parts[2] ! (replace(., '\d+$', '') || f:month(xs:integer(replace(., '^\D+', ''))) || '月'),
          $parts[3] ! ((if (. castable as xs:integer) then f:han(xs:integer(.)) else .) || '日')))"/>
  </xsl:function>

  <xsl:function name="f:month" as="xs:string">
    <xsl:param name="month" as="xs:integer"/>
    <xsl:sequence select="if ($month eq 1) then '正' else f:han($month)"/>
  </xsl:function>

  <!-- The Western ends of a date as the TEI writes them: one or two. -->
  <xsl:function name="f:ends" as="xs:string*">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="distinct-values(($date/@when, ($date/@from, $date/@notBefore)[1], ($date/@to, $date/@notAfter)[1])) ! string(.)"/>
  </xsl:function>

  <!-- The Western interval for reading: `999-09-18 – 10-16`. -->
  <xsl:function name="f:interval" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="f:join-interval(f:ends($date) ! f:short-year(.))"/>
  </xsl:function>

  <xsl:function name="f:join-interval" as="xs:string">
    <xsl:param name="ends" as="xs:string*"/>
    <xsl:variable name="year" as="xs:string" select="replace($ends[1], '(\d)-.*$', '$1-')"/>
    <xsl:sequence select="string-join(($ends[1], $ends[2] ! (if (matches($year, '\d-$') and starts-with(., $year)) then substring-after(., $year) else .)), ' – ')"/>
  </xsl:function>

  <!-- `0999-09-18` → `999-09-18`. -->
  <xsl:function name="f:short-year" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:sequence select="replace($date, '^(-?)0+(\d)', '$1$2')"/>
  </xsl:function>

  <!-- A proleptic Gregorian day as the Julian day of the same name in the sources of the West; nothing for less than a day. -->
  <xsl:function name="f:julian" as="xs:string?">
    <xsl:param name="date" as="xs:string"/>
    <xsl:if test="$date castable as xs:date and not(starts-with($date, '-'))">
      <!-- 1721426 is the Julian Day Number of Gregorian 0001-01-01; the rest is the usual integer arithmetic in years from March. -->
      <xsl:variable name="day-number" as="xs:integer" select="1721426 + days-from-duration(xs:date($date) - xs:date('0001-01-01'))"/>
      <xsl:variable name="c" as="xs:integer" select="$day-number + 32082"/>
      <xsl:variable name="year" as="xs:integer" select="(4 * $c + 3) idiv 1461"/>
      <xsl:variable name="day" as="xs:integer" select="$c - (1461 * $year) idiv 4"/>
      <xsl:variable name="month" as="xs:integer" select="(5 * $day + 2) idiv 153"/>
      <xsl:sequence select="string-join((
          string($year - 4800 + $month idiv 10),
          format-number($month + 3 - 12 * ($month idiv 10), '00'),
          format-number($day - (153 * $month + 2) idiv 5 + 1, '00')), '-')"/>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
