<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:math="http://www.w3.org/2005/xpath-functions/math" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- map.html: the places whose coordinates are known, on rivers and coasts; the others in a list, never guessed. -->

  <!-- The drawn map: width, height, paths, points. -->
  <xsl:variable name="map" as="map(*)" select="parse-json($map-json)"/>

  <!-- Coordinates of a place as the TEI writes them, if they are certain and the map has them: `39.03 111.07`. -->
  <xsl:function name="f:degrees" as="xs:string?">
    <xsl:param name="place" as="element()"/>
    <xsl:sequence select="f:known($place)?degrees"/>
  </xsl:function>

  <xsl:function name="f:site-anchor" as="xs:string">
    <xsl:param name="place" as="element()"/>
    <xsl:sequence select="':at-' || translate(f:degrees($place), ' ', '_')"/>
  </xsl:function>

  <!-- Places of one point, the more often named first, and how often they are named by year and in all. -->
  <xsl:variable name="sites" as="map(*)*">
    <xsl:for-each-group select="f:in-order('places', $sort)" group-by="f:degrees(.)">
      <xsl:variable name="mentions" as="element()*" select="current-group() ! f:mentions(.)"/>
      <xsl:variable name="by-year" as="map(xs:string, xs:integer)">
        <xsl:map>
          <xsl:for-each-group select="$mentions" group-by="f:year-key(.)"><xsl:map-entry key="current-grouping-key()" select="count(current-group())"/></xsl:for-each-group>
        </xsl:map>
      </xsl:variable>
      <xsl:sequence select="map {
          'places': sort(current-group(), (), function($place) { -count(f:mentions($place)) }),
          'point': $map?points?(current-grouping-key())?*,
          'degrees': current-grouping-key(),
          'count': count($mentions),
          'by-year': $by-year }"/>
    </xsl:for-each-group>
  </xsl:variable>

  <!-- Radius of a mark: its area grows with the number of mentions. -->
  <xsl:function name="f:radius" as="xs:double">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="round(25 + 15 * math:sqrt($count)) div 10"/>
  </xsl:function>

  <xsl:mode name="m:map-page" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:map-page">
    <xsl:variable name="sorted" as="map(*)*" select="sort($sites, (), function($site) { -$site?count })"/>
    <xsl:variable name="places" as="element()*" select="f:in-order('places', $sort)"/>
    <xsl:result-document href="map.html" format="page">
      <xsl:apply-templates select="." mode="m:shell">
        <xsl:with-param name="kind" select="'map'"/>
        <xsl:with-param name="title" select="f:label('map')"/>
        <xsl:with-param name="styles" select="'chronology', 'map'"/>
        <xsl:with-param name="scripts" select="'map'"/>
        <xsl:with-param name="main">
          <header class="register-head"><h1><xsl:sequence select="f:both('map.title')"/></h1></header>
          <xsl:sequence select="f:year-filter(), f:map($sorted)"/>
          <xsl:sequence select="f:located($places[exists(f:degrees(.))]), f:unlocated($places[empty(f:degrees(.))])"/>
        </xsl:with-param>
      </xsl:apply-templates>
    </xsl:result-document>
  </xsl:template>

  <!-- The choice of a year; style hides it where no script runs. -->
  <xsl:function name="f:year-filter" as="element()">
    <div class="filters script" role="group">
      <xsl:sequence select="f:aria-label('filter')"/>
      <label>
        <span class="label"><xsl:sequence select="f:both('years')"/></span>
        <select name="year">
          <xsl:sequence select="f:option('filter.all')"/>
          <xsl:for-each select="$years"><option value="{position()}" lang="{$site-language}">{string-join((?label, ?western ! string(.)), f:label('separator'))}</option></xsl:for-each>
        </select>
      </label>
      <output aria-live="polite"><span class="shown">{count($sites)}</span><xsl:text> / </xsl:text>{count($sites)}</output>
    </div>
  </xsl:function>

  <xsl:function name="f:map" as="element()">
    <xsl:param name="sorted" as="map(*)*"/>
    <xsl:variable name="bar" as="xs:double" select="2 * $map?hundredKilometres"/>
    <figure class="map">
      <div class="scroll" tabindex="0" role="region">
        <xsl:sequence select="f:aria-label('map.title')"/>
        <svg role="group" aria-labelledby=":map-title :map-desc" viewBox="0 0 {$map?width} {$map?height}" width="{$map?width}" height="{$map?height}">
          <title id=":map-title">{f:both-text('map.title', ())}</title>
          <desc id=":map-desc">{f:both-text('map.description', string(count($sorted)))}</desc>
          <xsl:sequence select="f:waters()"/>
          <g class="scale">
            <path d="M24 {$map?height - 24}v6h{$bar}v-6"/>
            <text x="{24 + $bar div 2}" y="{$map?height - 30}">200 km</text>
          </g>
          <xsl:sequence select="f:marks($sorted)"/>
        </svg>
      </div>
      <figcaption><xsl:sequence select="f:both('map.caption')"/></figcaption>
    </figure>
  </xsl:function>

  <!-- The map without places. -->
  <xsl:function name="f:waters" as="element()*">
    <xsl:for-each select="('graticule', 'coast', 'lake', 'stream', 'river')[$map?paths?(.) ne '']"><path class="{.}" d="{$map?paths?(.)}"/></xsl:for-each>
  </xsl:function>

  <!-- Names of places are set in this size; the map is divided into cells of so many pixels, and no two names share one. -->
  <xsl:variable name="name-size" as="xs:integer" select="14"/>
  <xsl:variable name="cell" as="xs:integer" select="2"/>

  <!-- Marks and names, those more often named first: up to three names take the first free side of their mark; without one they are left to the title of the mark and to the list. -->
  <xsl:function name="f:marks" as="element()*">
    <xsl:param name="sorted" as="map(*)*"/>
    <xsl:variable name="marks" as="map(xs:integer, xs:boolean)" select="
        map:merge($sorted ! (let $r := f:radius(?count) return f:cells(?point[1] - $r, ?point[2] - $r, ?point[1] + $r, ?point[2] + $r)) ! map:entry(., true()), map { 'duplicates': 'use-first' })"/>
    <xsl:iterate select="$sorted">
      <xsl:param name="taken" as="map(xs:integer, xs:boolean)" select="$marks"/>
      <xsl:variable name="side" as="map(*)?" select="(f:sides(., 3), f:sides(., 2), f:sides(., 1))[every $cell in ?cells satisfies not(map:contains($taken, $cell))][1]"/>
      <xsl:sequence select="f:site(., $side)"/>
      <xsl:next-iteration>
        <xsl:with-param name="taken" select="fold-left($side?cells, $taken, function($cells, $cell) { map:put($cells, $cell, true()) })"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- Cells of the map that a box touches; one outside the map is of no use. -->
  <xsl:function name="f:cells" as="xs:integer*">
    <xsl:param name="left" as="xs:double"/>
    <xsl:param name="top" as="xs:double"/>
    <xsl:param name="right" as="xs:double"/>
    <xsl:param name="bottom" as="xs:double"/>
    <xsl:sequence select="
        for $row in xs:integer(floor($top div $cell)) to xs:integer(floor($bottom div $cell)),
            $column in xs:integer(floor($left div $cell)) to xs:integer(floor($right div $cell))
        return 10000 * $row + $column"/>
  </xsl:function>

  <!-- The sides of a mark where so many of its names may stand: right, left, above, below, the corners. -->
  <xsl:function name="f:sides" as="map(*)*">
    <xsl:param name="site" as="map(*)"/>
    <xsl:param name="names" as="xs:integer"/>
    <xsl:variable name="x" as="xs:double" select="$site?point[1]"/>
    <xsl:variable name="y" as="xs:double" select="$site?point[2]"/>
    <xsl:variable name="off" as="xs:double" select="f:radius($site?count) + 5"/>
    <xsl:variable name="width" as="xs:double" select="$name-size * string-length(string-join($site?places[position() le $names] ! f:headword(.), '・'))"/>
    <xsl:variable name="half" as="xs:double" select="$name-size div 2"/>
    <xsl:variable name="boxes" as="map(*)+" select="
        map { 'anchor': 'start', 'x': $x + $off, 'y': $y, 'left': $x + $off },
        map { 'anchor': 'end', 'x': $x - $off, 'y': $y, 'left': $x - $off - $width },
        map { 'anchor': 'middle', 'x': $x, 'y': $y - $off - $half, 'left': $x - $width div 2 },
        map { 'anchor': 'middle', 'x': $x, 'y': $y + $off + $half, 'left': $x - $width div 2 },
        for $up in (-1, 1) return (
          map { 'anchor': 'start', 'x': $x + 0.7 * $off, 'y': $y + $up * (0.7 * $off + $half), 'left': $x + 0.7 * $off },
          map { 'anchor': 'end', 'x': $x - 0.7 * $off, 'y': $y + $up * (0.7 * $off + $half), 'left': $x - 0.7 * $off - $width })"/>
    <xsl:sequence select="
        $boxes[?left ge 0 and ?left + $width le $map?width]
        ! map:merge((., map { 'names': $names, 'cells': f:cells(?left, ?y - $half, ?left + $width, ?y + $half) }))"/>
  </xsl:function>

  <xsl:function name="f:site" as="element()">
    <xsl:param name="site" as="map(*)"/>
    <xsl:param name="side" as="map(*)?"/>
    <xsl:variable name="place" as="element()" select="$site?places[1]"/>
    <xsl:variable name="says" as="xs:string" select="string-join($site?places ! f:headword(.), '・') || f:label('colon') || $site?count"/>
    <g class="site" id="{f:site-anchor($place)}" data-radii="{for $year in sort(map:keys($site?by-year) ! $year-at(.), (), function($year) { $year?at }) return $year?at || ':' || f:radius($site?by-year($year?key))}">
      <a href="{f:entity-page($place)}" aria-label="{$says}"><circle cx="{$site?point[1]}" cy="{$site?point[2]}" r="{f:radius($site?count)}"><title>{$says}</title></circle></a>
      <xsl:if test="exists($side)">
        <text x="{round(10 * $side?x) div 10}" y="{round(10 * $side?y) div 10}" text-anchor="{$side?anchor}" dominant-baseline="central" font-size="{$name-size}" lang="{$site-language}">
          <xsl:for-each select="$site?places[position() le $side?names]">
            <xsl:if test="position() gt 1">・</xsl:if>
            <a href="{f:entity-page(.)}"><xsl:if test="position() eq 1"><xsl:attribute name="tabindex" select="'-1'"/></xsl:if>{f:headword(.)}</a>
          </xsl:for-each>
        </text>
      </xsl:if>
    </g>
  </xsl:function>

  <!-- The same in words. -->
  <xsl:function name="f:located" as="element()?">
    <xsl:param name="places" as="element()*"/>
    <xsl:if test="exists($places)">
      <section class="located">
        <h2><xsl:sequence select="f:both('map.located', string(count($places)))"/></h2>
        <div class="scroll" tabindex="0" role="region">
          <xsl:sequence select="f:aria-label('map.list')"/>
          <table>
            <thead><tr><xsl:for-each select="'place', 'today', 'coordinates', 'mentions'"><th scope="col"><xsl:sequence select="f:both('column.' || .)"/></th></xsl:for-each></tr></thead>
            <tbody>
              <xsl:for-each select="$places">
                <xsl:variable name="today" as="element()?" select="location/desc[1]"/>
                <tr>
                  <th scope="row" lang="{f:language(.)}"><a href="{f:entity-page(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></a></th>
                  <td><xsl:for-each select="$today"><xsl:attribute name="lang" select="f:prose-language(.)"/><xsl:sequence select="f:visible(normalize-space())"/></xsl:for-each></td>
                  <td><a href="#{f:site-anchor(.)}"><xsl:sequence select="f:degrees-text(f:degrees(.))"/></a></td>
                  <td>{count(f:mentions(.))}</td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:unlocated" as="element()?">
    <xsl:param name="places" as="element()*"/>
    <xsl:if test="exists($places)">
      <section class="unlocated">
        <h2><xsl:sequence select="f:both('map.unlocated', string(count($places)))"/></h2>
        <ul lang="{$site-language}">
          <xsl:for-each select="$places">
            <li><a href="{f:entity-page(.)}"><xsl:sequence select="f:visible(f:headword(.))"/></a><xsl:text> </xsl:text><span class="count">{count(f:mentions(.))}</span></li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
