<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- How a date was found: its year, month and day, each said by its words or taken from what stands before it. The TEI has the result; the way is read from the dates and years before. -->

  <!-- What the dates before have named last: `咸平2`, `咸平2-8`, `咸平2-8-3` and `western.999` → the date; `last` → the one before. -->
  <xsl:function name="f:see" as="map(xs:string, element(date))">
    <xsl:param name="seen" as="map(xs:string, element(date))"/>
    <xsl:param name="date" as="element(date)"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($date/@when-custom, '-')"/>
    <xsl:variable name="keys" as="xs:string*" select="(for $last in 1 to count($parts) return string-join($parts[position() le $last], '-')), f:western($parts[1]) ! ('western.' || .), 'last'"/>
    <xsl:sequence select="fold-left($keys, $seen, function($map as map(xs:string, element(date)), $key as xs:string) { map:put($map, $key, $date) })"/>
  </xsl:function>

  <!-- The Western year of a civil year, where the calendar knows it. -->
  <xsl:function name="f:western" as="xs:integer?">
    <xsl:param name="year" as="xs:string?"/>
    <xsl:sequence select="$year ! $calendar(.)?western ! xs:integer(.)"/>
  </xsl:function>

  <xsl:mode name="m:chain" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="date" mode="m:chain">
    <xsl:param name="seen" as="map(xs:string, element(date))" tunnel="yes"/>
    <xsl:variable name="steps" as="element()*" select="f:year-step(., $seen), f:month-step(., $seen), f:day-step(., $seen), f:calendar-step(.)"/>
    <xsl:if test="exists($steps)">
      <div class="chain"><dt><xsl:sequence select="f:both('days.chain')"/></dt><dd><ul><xsl:sequence select="$steps"/></ul></dd></div>
    </xsl:if>
  </xsl:template>

  <!-- Years after and before another by their words. -->
  <xsl:variable name="year-after" as="xs:string" select="'^[明次來翌踰逾][年歲春夏秋冬]'"/>
  <xsl:variable name="year-before" as="xs:string" select="'^([上去昨][年歲春夏秋冬]|[前先]一年)'"/>

  <xsl:function name="f:year-step" as="element()?">
    <xsl:param name="date" as="element(date)"/>
    <xsl:param name="seen" as="map(xs:string, element(date))"/>
    <xsl:variable name="text" as="xs:string" select="f:plain($date)"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($date/@when-custom, '-')"/>
    <xsl:variable name="key" as="xs:string?" select="$parts[1][matches(., '^\D+\d+$')]"/>
    <xsl:variable name="year" as="element(div)?" select="$date/ancestor::div[@type eq 'year'][1]"/>
    <xsl:variable name="offset" as="xs:integer?" select="if (matches($text, $year-after)) then 1 else if (matches($text, $year-before)) then -1 else if (starts-with($text, '越明年')) then 2 else if (matches($text, '^前[年歲]')) then -2 else ()"/>
    <xsl:variable name="from" as="xs:integer?" select="$offset ! (f:western($key) - .)"/>
    <xsl:variable name="before" as="element(date)?" select="$from ! $seen('western.' || .)"/>
    <xsl:variable name="entry" as="element()?" select="$date/ancestor::div[@type eq 'entry'][1]"/>
    <xsl:variable name="named" as="element(date)*" select="$seen(string-join($parts[position() le 2], '-')), $key ! $seen(.)"/>
    <!-- An entry that has named a year itself goes on from there, not from the year in force. -->
    <xsl:variable name="astray" as="element(date)?" select="$seen('last')[f:stands-in(., $entry)][f:says-year(.) or tokenize(@when-custom, '-')[1] ne $year/@n]"/>
    <xsl:choose>
      <xsl:when test="empty($key)"/>
      <xsl:when test="f:says-year($date)"><xsl:sequence select="f:step('chain.year.said')"/></xsl:when>
      <xsl:when test="f:stands-in($before, $entry)"><xsl:sequence select="f:step-from('chain.year.counted', $before)"/></xsl:when>
      <xsl:when test="exists($from) and f:western($year/@n) eq $from"><xsl:sequence select="f:step-in-year('chain.year.counted', $year)"/></xsl:when>
      <xsl:when test="exists($before)"><xsl:sequence select="f:step-from('chain.year.counted', $before)"/></xsl:when>
      <xsl:when test="$astray and exists($named[f:stands-in(., $entry)])"><xsl:sequence select="f:step-from('chain.year.named', $named[f:stands-in(., $entry)][1])"/></xsl:when>
      <xsl:when test="$key eq $year/@n"><xsl:sequence select="f:step-in-year('chain.year', $year)"/></xsl:when>
      <xsl:when test="exists($named)"><xsl:sequence select="f:step-from('chain.year.named', $named[1])"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="$year ! f:step-in-year('chain.year.counted', .)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Whether the words of a date have its era: 祥符五年 is of 大中祥符. -->
  <xsl:function name="f:says-year" as="xs:boolean">
    <xsl:param name="date" as="element(date)"/>
    <xsl:variable name="era" as="xs:string" select="replace($date/@when-custom, '\d.*$', '')"/>
    <xsl:sequence select="$era ne '' and contains(f:plain($date), substring($era, string-length($era) - 1))"/>
  </xsl:function>

  <xsl:function name="f:stands-in" as="xs:boolean">
    <xsl:param name="date" as="element(date)?"/>
    <xsl:param name="entry" as="element()?"/>
    <xsl:sequence select="exists($date/ancestor::div[@type eq 'entry'][1] intersect $entry)"/>
  </xsl:function>

  <xsl:function name="f:month-step" as="element()?">
    <xsl:param name="date" as="element(date)"/>
    <xsl:param name="seen" as="map(xs:string, element(date))"/>
    <xsl:variable name="text" as="xs:string" select="f:plain($date)"/>
    <xsl:variable name="month" as="xs:string?" select="f:month-key($date)"/>
    <xsl:variable name="named" as="element(date)?" select="$month ! $seen(.)"/>
    <xsl:sequence select="
        if (empty($month)) then ()
        else if (contains($text, '月') and not(matches($text, '[是其同本當此]月'))) then f:step('chain.month.said')
        else if ($named) then f:step-from('chain.month.named', $named)
        else f:step('chain.month', f:civil($month))"/>
  </xsl:function>

  <!-- `咸平2-8` of a date that has a month. -->
  <xsl:function name="f:month-key" as="xs:string?">
    <xsl:param name="date" as="element(date)"/>
    <xsl:sequence select="replace($date/@when-custom, '^(\D+\d+-[^\-]+)(-.*)?$', '$1')[contains(., '-')]"/>
  </xsl:function>

  <xsl:variable name="cycle" as="xs:string" select="'[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]'"/>

  <xsl:function name="f:day-step" as="element()?">
    <xsl:param name="date" as="element(date)"/>
    <xsl:param name="seen" as="map(xs:string, element(date))"/>
    <xsl:variable name="text" as="xs:string" select="f:plain($date)"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($date/@when-custom, '-')"/>
    <xsl:variable name="day" as="xs:integer?" select="$parts[3][. castable as xs:integer] ! xs:integer(.)"/>
    <xsl:variable name="pair" as="xs:string?" select="analyze-string($text, $cycle)/*:match[last()] ! string(.)"/>
    <xsl:variable name="new-moon" as="xs:string?" select="$calendar($parts[1])?months?*[?key eq $parts[2]][1]?pair"/>
    <xsl:variable name="before" as="element(date)?" select="(f:month-key($date) ! $seen(.))[count(tokenize(@when-custom, '-')) eq 3]"/>
    <xsl:sequence select="
        if (empty($day)) then ()
        else if (exists($pair) and exists($new-moon)) then f:step('chain.day.pair', ($pair, f:han($day), $new-moon, string($day)))
        else if (matches($text, '[翌次明是即當]日')) then $before ! f:step-from('chain.day.counted', .)
        else f:step('chain.day.said')"/>
  </xsl:function>

  <xsl:function name="f:calendar-step" as="element()?">
    <xsl:param name="date" as="element(date)"/>
    <xsl:for-each select="f:in-file(substring-after($date/@datingMethod, '#'), $date/ancestor::TEI)[self::calendar]">
      <xsl:variable name="name" as="xs:string" select="string((normalize-space(replace(string(p[1]), '[:：].*$', ''))[. ne ''], @xml:id)[1])"/>
      <li>
        <xsl:sequence select="f:both('chain.calendar')"/>
        <xsl:text> </xsl:text>
        <xsl:sequence select="if (map:contains($labels($primary-language), 'calendar.' || @xml:id)) then f:value-label('calendar', @xml:id) else f:in-language($name, f:prose-language(.))"/>
      </li>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:in-language" as="element()">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <span lang="{$language}">{$text}</span>
  </xsl:function>

  <xsl:function name="f:step" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="f:step($key, ())"/>
  </xsl:function>

  <xsl:function name="f:step" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <li><xsl:sequence select="f:both($key, $arguments)"/></li>
  </xsl:function>

  <!-- A step that takes something from a date before it on the page. -->
  <xsl:function name="f:step-from" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="from" as="element(date)"/>
    <li><xsl:sequence select="f:both($key)"/><xsl:text> </xsl:text><a href="#{f:date-anchor($from)}"><span lang="{f:language($from)}">「{f:plain($from)}」</span> {f:reference($from)}</a></li>
  </xsl:function>

  <!-- A step that takes the year in force, and what that rests on. -->
  <xsl:function name="f:step-in-year" as="element()">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="year" as="element(div)"/>
    <li>
      <xsl:sequence select="f:both($key)"/>
      <xsl:text> </xsl:text>
      <a href="#{f:anchor($year)}"><span lang="{f:language($year)}">{f:year-name($year)}</span></a>
      <xsl:sequence select="
          if ($year/head[@type eq 'year']) then f:both('chain.year.headed')
          else if (empty($year/preceding-sibling::div)) then f:both('chain.year.first')
          else f:both('chain.year.unheaded', string($year/descendant::div[@type eq 'entry'][1]/f:reference(.)))"/>
    </li>
  </xsl:function>
</xsl:stylesheet>
