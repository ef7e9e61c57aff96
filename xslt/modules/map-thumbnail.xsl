<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- A small map in the popover of a place whose coordinates are certain: a window of the drawn map, whose waters the page has once. -->

  <!-- The waters, to be used by every window of the page. Zero size, because what is not displayed may not be used. -->
  <xsl:function name="f:base-map" as="element()">
    <svg class="base-map" width="0" height="0" aria-hidden="true" focusable="false">
      <defs><g id=":base-map" class="waters"><xsl:sequence select="f:waters()"/></g></defs>
    </svg>
  </xsl:function>

  <!-- Width of a window in kilometres, and its height to its width. -->
  <xsl:variable name="window-kilometres" as="xs:integer" select="900"/>
  <xsl:variable name="window-shape" as="xs:double" select="0.46"/>

  <!-- Hidden from readers who hear the page: the coordinates stand above in words, and the link below says where it leads. -->
  <xsl:function name="f:thumbnail" as="element()?">
    <xsl:param name="place" as="element()"/>
    <xsl:for-each select="f:degrees($place)">
      <xsl:variable name="point" as="xs:double+" select="$map?points(.)?* ! xs:double(.)"/>
      <xsl:variable name="width" as="xs:double" select="round(min(($window-kilometres div 100 * $map?hundredKilometres, $map?width, $map?height div $window-shape)))"/>
      <xsl:variable name="height" as="xs:double" select="round($width * $window-shape)"/>
      <!-- At the edge of the map the window stays inside, and the place leaves its middle. -->
      <xsl:variable name="left" as="xs:double" select="round(max((0, min(($point[1] - $width div 2, $map?width - $width)))))"/>
      <xsl:variable name="top" as="xs:double" select="round(max((0, min(($point[2] - $height div 2, $map?height - $height)))))"/>
      <xsl:variable name="unit" as="xs:double" select="$width div 100"/>
      <xsl:variable name="bar" as="xs:double" select="2 * $map?hundredKilometres"/>
      <div class="map-thumbnail">
        <svg viewBox="{$left} {$top} {$width} {$height}" aria-hidden="true" focusable="false">
          <use href="#:base-map"/>
          <xsl:if test="$bar lt $width div 2">
            <path class="scale" d="M{f:short(($left + 3 * $unit, $top + $height - 5 * $unit))}v{f:short(2 * $unit)}h{f:short($bar)}v{f:short(-2 * $unit)}"/>
            <text class="scale" x="{f:short($left + 3 * $unit + $bar div 2)}" y="{f:short($top + $height - 5 * $unit)}" font-size="{f:short(4 * $unit)}">200 km</text>
          </xsl:if>
          <circle cx="{$point[1]}" cy="{$point[2]}" r="{f:short(1.6 * $unit)}"/>
        </svg>
      </div>
    </xsl:for-each>
  </xsl:function>

  <!-- Numbers for SVG, to a tenth. -->
  <xsl:function name="f:short" as="xs:string">
    <xsl:param name="numbers" as="xs:double+"/>
    <xsl:sequence select="string-join($numbers ! string(round(10 * .) div 10), ' ')"/>
  </xsl:function>
</xsl:stylesheet>
