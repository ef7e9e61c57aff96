<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- index.html: the title, the contents by juan and year, the doors to the registers. -->

  <xsl:mode name="m:title-page" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:title-page">
    <header class="cover" lang="{$site-language}">
      <h1>{$site-title}</h1>
      <xsl:if test="count($units/f:juan(.)) eq 1 and f:unit-title($units/f:juan(.)) ne $site-title"><p class="unit-title">{f:unit-title($units/f:juan(.))}</p></xsl:if>
      <xsl:apply-templates select="." mode="m:byline"/>
    </header>
    <div class="front">
      <xsl:apply-templates select="$header/fileDesc/editionStmt/edition" mode="m:title-page"/>
      <nav class="contents" id=":contents" aria-labelledby=":contents-head">
        <h2 id=":contents-head"><xsl:sequence select="f:both('contents')"/></h2>
        <xsl:apply-templates select="$units/f:juan(.)" mode="m:title-page"/>
      </nav>
      <nav class="doors" aria-labelledby=":registers-head">
        <h2 id=":registers-head"><xsl:sequence select="f:both('registers')"/></h2>
        <ul>
          <xsl:for-each select="$register-order">
            <li><a href="{.}.html"><span class="label"><xsl:sequence select="f:both(.)"/></span><span class="leader"/><span class="count">{count(distinct-values($entities(.)/@xml:id))}</span></a></li>
          </xsl:for-each>
          <xsl:for-each select="$further-pages"><li><a href="{.}.html"><span class="label"><xsl:sequence select="f:both(.)"/></span></a></li></xsl:for-each>
          <li><a href="about.html"><span class="label"><xsl:sequence select="f:both('about')"/></span></a></li>
        </ul>
      </nav>
    </div>
  </xsl:template>

  <xsl:template match="edition" mode="m:title-page">
    <p class="edition"><xsl:apply-templates select="." mode="m:prose"/></p>
  </xsl:template>

  <xsl:template match="div | body" mode="m:title-page">
    <section>
      <h3><a href="{f:page(f:unit(.))}"><span class="label" lang="{f:language(.)}">{f:unit-title(.)}</span><span class="leader"/><xsl:sequence select="f:entry-count(.)"/></a></h3>
      <xsl:if test="child::div[@type eq 'year']">
        <ol>
          <xsl:for-each select="child::div[@type eq 'year']">
            <li><a href="{f:page(f:unit(.))}#{f:anchor(.)}"><span class="label"><xsl:apply-templates select="." mode="m:year-label"/></span><span class="leader"/><xsl:sequence select="f:entry-count(.)"/></a></li>
          </xsl:for-each>
        </ol>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:function name="f:entry-count" as="element()">
    <xsl:param name="div" as="element()"/>
    <span class="count"><xsl:sequence select="f:both('entries', string(count($div//div[@type eq 'entry'])))"/></span>
  </xsl:function>
</xsl:stylesheet>
