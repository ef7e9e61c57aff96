<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- chronology.html: the entries on a time line of years and months, and the same as a table; years go on other pages after so many entries. -->

  <xsl:variable name="entries-a-page" as="xs:integer" select="400"/>

  <!-- The years with the number of their page of the chronology and of the calendar. -->
  <xsl:variable name="paged-years" as="map(*)*">
    <xsl:iterate select="$years">
      <xsl:param name="before" as="xs:integer" select="0"/>
      <xsl:sequence select="map:put(., 'page', $before idiv $entries-a-page + 1)"/>
      <xsl:next-iteration><xsl:with-param name="before" select="$before + count(?entries)"/></xsl:next-iteration>
    </xsl:iterate>
  </xsl:variable>

  <!-- `chronology.html`, `chronology-2.html`: the page of a kind that has a year. -->
  <xsl:function name="f:year-page" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="page" as="xs:integer"/>
    <xsl:sequence select="$kind || (if ($page eq 1) then '' else '-' || $page) || '.html'"/>
  </xsl:function>

  <xsl:function name="f:year-anchor" as="xs:string">
    <xsl:param name="year" as="map(*)"/>
    <xsl:sequence select="':' || replace(($year?key[. ne ''], 'undated')[1], '\s', '_')"/>
  </xsl:function>

  <xsl:mode name="m:chronology-page" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:chronology-page">
    <xsl:variable name="corpus" as="element()" select="."/>
    <xsl:for-each-group select="$paged-years" group-by="?page">
      <xsl:variable name="shown" as="map(*)+" select="current-group()"/>
      <xsl:variable name="page" as="xs:integer" select="current-grouping-key()"/>
      <xsl:result-document href="{f:year-page('chronology', $page)}" format="page">
        <xsl:apply-templates select="$corpus" mode="m:shell">
          <xsl:with-param name="kind" select="'chronology'"/>
          <xsl:with-param name="title" select="f:label('chronology')"/>
          <xsl:with-param name="styles" select="'chronology'"/>
          <xsl:with-param name="scripts" select="'chronology'"/>
          <xsl:with-param name="main">
            <header class="register-head">
              <h1><xsl:sequence select="f:both('chronology.title')"/></h1>
              <p class="way"><a href="{f:year-page('calendar', $page)}"><xsl:sequence select="f:both('calendar.title')"/></a></p>
            </header>
            <xsl:sequence select="f:year-pages('chronology', $page), f:filters($shown?entries), f:timeline($shown), f:chronology-table($shown)"/>
          </xsl:with-param>
        </xsl:apply-templates>
      </xsl:result-document>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The other pages of the years, each by its first and last year; nothing where there is one page. -->
  <xsl:function name="f:year-pages" as="element()?">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="current" as="xs:integer"/>
    <xsl:if test="$paged-years[last()]?page gt 1">
      <nav class="year-pages"><xsl:sequence select="f:aria-label('years')"/>
        <ul>
          <xsl:for-each-group select="$paged-years" group-by="?page">
            <li><a href="{f:year-page($kind, current-grouping-key())}"><xsl:sequence select="current-grouping-key()[. eq $current] ! f:current('')"/>{distinct-values((current-group()[1], current-group()[last()]) ! f:short-name(.)) => string-join('–')}</a></li>
          </xsl:for-each-group>
        </ul>
      </nav>
    </xsl:if>
  </xsl:function>

  <!-- ==== filters ==== -->

  <!-- Ids of the persons and places that an entry names: what the filters of assets/chronology.js ask for. -->
  <xsl:function name="f:named-ids" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="distinct-values($entry//(persName | placeName | rs)[@ref] ! f:targets(.))"/>
  </xsl:function>

  <!-- Choices of a person and of a place; style hides them where no script runs. -->
  <xsl:function name="f:filters" as="element()">
    <xsl:param name="entries" as="element()*"/>
    <xsl:variable name="named" as="element()*" select="$entries ! f:named-ids(.) ! key('entity', ., $document)[1]"/>
    <div class="filters script" role="group">
      <xsl:sequence select="f:aria-label('filter')"/>
      <xsl:for-each select="'persons', 'places'">
        <label>
          <span class="label"><xsl:sequence select="f:both(.)"/></span>
          <select name="{.}">
            <xsl:sequence select="f:option('filter.all')"/>
            <xsl:for-each-group select="$named[f:register(.) eq current()]" group-by="@xml:id">
              <xsl:sort select="f:headword(.)" collation="http://www.w3.org/2013/collation/UCA?lang=zh-u-co-{$sort}"/>
              <option value="{@xml:id}" lang="{$site-language}">{f:headword(.)}{f:label('separator')}{count(current-group())}</option>
            </xsl:for-each-group>
          </select>
        </label>
      </xsl:for-each>
      <output aria-live="polite"><span class="shown">{count($entries)}</span><xsl:text> / </xsl:text>{count($entries)}</output>
    </div>
  </xsl:function>

  <!-- ==== the time line ==== -->

  <!-- Sizes in pixels of the drawing: a mark and the room it takes, marks side by side, the columns before the months. -->
  <xsl:variable name="mark" as="xs:integer" select="11"/>
  <xsl:variable name="step" as="xs:integer" select="14"/>
  <xsl:variable name="abreast" as="xs:integer" select="4"/>
  <xsl:variable name="label-width" as="xs:integer" select="96"/>
  <xsl:variable name="column" as="xs:integer" select="$step * $abreast + 6"/>
  <xsl:variable name="timeline-width" as="xs:integer" select="$label-width + 14 * $column"/>

  <!-- Parts of the date of an entry: year, month, day, as far as it goes. -->
  <xsl:function name="f:date-parts" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="tokenize(f:event($entry)/@when-custom, '-')"/>
  </xsl:function>

  <!-- The months of a year in order, `9` and `閏9`: by the calendar, else those that the entries name. -->
  <xsl:function name="f:months" as="xs:string*">
    <xsl:param name="year" as="map(*)"/>
    <xsl:variable name="known" as="array(*)?" select="$calendar($year?key)?months"/>
    <xsl:sequence select="if (exists($known)) then $known?*?key else distinct-values($year?entries ! f:date-parts(.)[2])"/>
  </xsl:function>

  <!-- The month column of an entry in its year; 0 for one that has only a year or none. -->
  <xsl:function name="f:month-column" as="xs:integer">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="year" as="map(*)"/>
    <xsl:param name="months" as="xs:string*"/>
    <xsl:variable name="parts" as="xs:string*" select="f:date-parts($entry)"/>
    <xsl:sequence select="($parts[2][$parts[1] eq $year?key] ! index-of($months, .), 0)[1]"/>
  </xsl:function>

  <xsl:function name="f:timeline" as="element()">
    <xsl:param name="shown" as="map(*)+"/>
    <!-- Each year with its columns and the upper edge of its row. -->
    <xsl:variable name="rows" as="map(*)+">
      <xsl:iterate select="$shown">
        <xsl:param name="top" as="xs:integer" select="0"/>
        <xsl:variable name="year" as="map(*)" select="."/>
        <xsl:variable name="months" as="xs:string*" select="f:months($year)"/>
        <xsl:variable name="columns" as="map(xs:integer, element()*)" select="
            map:merge($year?entries ! map:entry(f:month-column(., $year, $months), .), map { 'duplicates': 'combine' })"/>
        <xsl:variable name="most" as="xs:integer" select="max((1, map:keys($columns) ! count($columns(.))))"/>
        <xsl:variable name="base" as="xs:integer" select="$top + 14 + $step * xs:integer(ceiling($most div $abreast))"/>
        <xsl:sequence select="map { 'year': $year, 'months': $months, 'columns': $columns, 'base': $base }"/>
        <xsl:next-iteration><xsl:with-param name="top" select="$base + 24"/></xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <figure class="timeline">
      <a class="skip" href="#:table"><xsl:sequence select="f:both('timeline.skip')"/></a>
      <div class="scroll" tabindex="0" role="region">
        <xsl:sequence select="f:aria-label('timeline')"/>
        <svg role="group" aria-labelledby=":timeline-title :timeline-desc" width="{$timeline-width}" height="{$rows[last()]?base + 26}" viewBox="0 0 {$timeline-width} {$rows[last()]?base + 26}">
          <title id=":timeline-title">{f:both-text('timeline', ())}</title>
          <desc id=":timeline-desc">{f:both-text('timeline.description', (string(count($shown?entries)), string-join(distinct-values(($shown[1], $shown[last()]) ! f:short-name(.)), '–')))}</desc>
          <xsl:for-each select="$rows"><xsl:sequence select="f:timeline-row(.)"/></xsl:for-each>
        </svg>
      </div>
      <figcaption><xsl:sequence select="f:both('timeline.caption')"/></figcaption>
    </figure>
  </xsl:function>

  <xsl:function name="f:timeline-row" as="element()">
    <xsl:param name="row" as="map(*)"/>
    <xsl:variable name="base" as="xs:integer" select="$row?base"/>
    <g class="year">
      <path class="ground" d="M{$label-width} {$base + 0.5}H{$timeline-width}"/>
      <a href="#{f:year-anchor($row?year)}">
        <text class="civil" x="0" y="{$base}" lang="{$site-language}">{$row?year?label}</text>
        <text class="western" x="0" y="{$base + 16}">{string-join(($row?year?pair, $row?year?western ! string(.)), ' ')}</text>
      </a>
      <xsl:for-each select="0 to count($row?months)">
        <xsl:variable name="x" as="xs:integer" select="$label-width + . * $column"/>
        <xsl:variable name="entries" as="element()*" select="$row?columns(.)"/>
        <xsl:variable name="name" as="xs:string" select="if (. eq 0) then '' else f:month-name($row?months[current()])"/>
        <xsl:if test=". gt 0">
          <path class="ground" d="M{$x - 2.5} {$base}v5"/>
          <xsl:choose>
            <xsl:when test="$entries"><a href="#{f:row-anchor($entries[1])}"><text class="month" x="{$x + ($column - 6) div 2}" y="{$base + 16}" lang="{$site-language}">{$name}</text></a></xsl:when>
            <xsl:otherwise><text class="month" x="{$x + ($column - 6) div 2}" y="{$base + 16}" lang="{$site-language}">{$name}</text></xsl:otherwise>
          </xsl:choose>
        </xsl:if>
        <xsl:for-each select="$entries">
          <xsl:variable name="at" as="xs:integer" select="position() - 1"/>
          <!-- Marks stand over the middle of their month. -->
          <xsl:variable name="first-x" as="xs:integer" select="$x + $step * ($abreast - min((count($entries), $abreast))) idiv 2"/>
          <xsl:variable name="says" as="xs:string" select="f:reference(.) || ' ' || f:headline(.)"/>
          <!-- The months lead the keyboard to the rows of the table; the marks are for the pointer. -->
          <a class="mark {('year', 'year', 'month', 'day')[count(f:date-parts(current())) + 1]}" href="{f:page(f:unit(.))}#{f:anchor(.)}" tabindex="-1" aria-label="{$says}" data-names="{f:named-ids(.)}">
            <rect x="{$first-x + $step * ($at mod $abreast) + 0.5}" y="{$base - $step * ($at idiv $abreast + 1) + 0.5}" width="{$mark}" height="{$mark}"><title>{$says}</title></rect>
          </a>
        </xsl:for-each>
      </xsl:for-each>
    </g>
  </xsl:function>

  <!-- `閏9` → 閏九. -->
  <xsl:function name="f:month-name" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="number" as="xs:string" select="replace($key, '^\D+', '')"/>
    <xsl:sequence select="if ($number castable as xs:integer) then replace($key, '\d+$', '') || f:month(xs:integer($number)) else $key"/>
  </xsl:function>

  <!-- The words of an entry's headline. -->
  <xsl:function name="f:headline" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="words" as="xs:string*" select="(f:event($entry)/label, $entry/head) ! normalize-space(f:plain(.))"/>
    <xsl:sequence select="($words[. ne ''], $entry/(p | ab)[1] ! substring(f:plain(.), 1, 30), '')[1]"/>
  </xsl:function>

  <!-- ==== the table ==== -->

  <xsl:function name="f:row-anchor" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="':row-' || f:anchor($entry)"/>
  </xsl:function>

  <xsl:function name="f:chronology-table" as="element()">
    <xsl:param name="shown" as="map(*)+"/>
    <div class="scroll" tabindex="0" role="region" id=":table">
      <xsl:sequence select="f:aria-label('chronology.title')"/>
      <table class="dates">
        <thead>
          <tr>
            <xsl:for-each select="'entry', 'civil', 'headline', 'julian', 'gregorian'"><th scope="col" class="of-{.}"><xsl:sequence select="f:both('column.' || .)"/></th></xsl:for-each>
          </tr>
        </thead>
        <xsl:for-each select="$shown">
          <xsl:variable name="year" as="map(*)" select="."/>
          <tbody>
            <tr class="year" id="{f:year-anchor(.)}">
              <th scope="rowgroup" colspan="5">
                <span class="civil" lang="{$site-language}">{?label}</span><xsl:text> </xsl:text>
                <span class="cyclical" lang="{$site-language}">{?pair}</span><xsl:text> </xsl:text>
                <span class="western">{?western}</span>
              </th>
            </tr>
            <xsl:for-each select="?entries">
              <xsl:variable name="event" as="element()?" select="f:event(.)"/>
              <tr class="entry-row" id="{f:row-anchor(.)}" data-names="{f:named-ids(.)}">
                <th scope="row" class="of-entry"><a class="reference" href="{f:page(f:unit(.))}#{f:anchor(.)}">{f:reference(.)}</a></th>
                <td class="of-civil" lang="{$site-language}">{$event/@when-custom/f:civil(.)}</td>
                <td class="of-headline" lang="{f:language(.)}"><a href="{f:page(f:unit(.))}#{f:anchor(.)}"><xsl:sequence select="f:visible(f:headline(.))"/></a></td>
                <td class="of-julian">{$event ! f:join-interval(f:ends(.) ! f:julian(.))}</td>
                <td class="of-gregorian">{$event ! f:interval(.)}</td>
              </tr>
            </xsl:for-each>
          </tbody>
        </xsl:for-each>
      </table>
    </div>
  </xsl:function>
</xsl:stylesheet>
