<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- note, seg: 夾注 in the line, smaller; variants and commentary carry a sign of their own. -->

  <xsl:template match="note">
    <span class="note"><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="note[@type = ('source', 'variant', 'commentary')]">
    <span class="note {@type}">
      <xsl:copy-of select="@xml:id/f:id(.)"/>
      <xsl:sequence select="f:sign(.)"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="seg">
    <span class="seg"><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="seg[@type = ('variant', 'commentary', 'source')]">
    <span class="seg {@type}"><xsl:sequence select="f:sign(.)"/><xsl:apply-templates/></span>
  </xsl:template>

  <!-- The sign before a variant or a commentary, empty so that nobody copies it: a link where the notes on the text have
       more of it. None where the text opens with the same word (按). -->
  <xsl:function name="f:sign" as="element()?">
    <xsl:param name="note" as="element()"/>
    <xsl:variable name="mark" as="xs:string?" select="$note/@type[. = ('variant', 'commentary')] ! f:label('mark.' || .)"/>
    <xsl:variable name="readings" as="element(app)*" select="f:readings-of($note)"/>
    <xsl:choose>
      <xsl:when test="empty($mark)"/>
      <xsl:when test="exists($readings)">
        <a class="sign" href="#:{$note/@xml:id}" data-mark="{$mark}"><xsl:sequence select="f:aria-label('sign.' || $note/@type)"/></a>
      </xsl:when>
      <xsl:when test="not(matches($note, '^（?' || $mark))"><span class="sign" data-mark="{$mark}"/></xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- An xml:id as an HTML id. -->
  <xsl:function name="f:id" as="attribute(id)">
    <xsl:param name="id" as="attribute(xml:id)"/>
    <xsl:attribute name="id" select="$id"/>
  </xsl:function>
</xsl:stylesheet>
