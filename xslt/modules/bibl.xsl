<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- bibl, title, author, biblScope: citations, linked to the register of works; titles with the wavy 書名號. -->

  <xsl:template match="bibl">
    <xsl:variable name="work" as="element()?" select="f:entity(.)"/>
    <xsl:choose>
      <xsl:when test="$work and not(f:in-link(.))">
        <a class="bibl{f:doubt(.)}" id="{f:mention-anchor(.)}" href="{f:entity-href($work)}">
          <xsl:sequence select="f:mention-data(., $work)"/>
          <xsl:for-each select="biblScope[@unit eq 'juan'][1]/@n"><xsl:attribute name="data-juan" select="."/></xsl:for-each>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:when test="$work">
        <span class="bibl{f:doubt(.)}" id="{f:mention-anchor(.)}"><xsl:apply-templates/></span>
      </xsl:when>
      <xsl:otherwise>
        <span class="bibl{f:doubt(.)}"><xsl:apply-templates/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="title">
    <cite class="title"><xsl:apply-templates/></cite>
  </xsl:template>

  <xsl:template match="title[@level eq 'a']">
    <cite class="title part"><xsl:apply-templates/></cite>
  </xsl:template>

  <xsl:template match="bibl/author | biblScope">
    <span class="{local-name()}"><xsl:apply-templates/></span>
  </xsl:template>
</xsl:stylesheet>
