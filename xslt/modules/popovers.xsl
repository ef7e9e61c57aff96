<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- What the popovers of a text page show of the entities that it mentions: templates, which assets/reading.js takes up. -->

  <xsl:mode name="m:popovers" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:popovers">
    <xsl:variable name="mentions" as="element()*" select=".//(persName | placeName | orgName | rs | bibl)[@ref or @corresp]"/>
    <xsl:if test="some $mention in $mentions satisfies $mention/f:entity(.)/self::place[exists(f:degrees(.))]"><xsl:sequence select="f:base-map()"/></xsl:if>
    <xsl:for-each-group select="$mentions ! f:entity(.)" group-by="@xml:id">
      <xsl:apply-templates select="." mode="m:popovers"/>
    </xsl:for-each-group>
    <xsl:variable name="tei" as="element(TEI)" select="ancestor::TEI"/>
    <xsl:for-each-group select="$mentions/@resp/tokenize(.) ! substring-after(., '#')" group-by=".">
      <xsl:for-each select="f:in-file(., $tei)">
        <xsl:variable name="name" as="xs:string" select="string((label, name, persName, .)[1])"/>
        <template id=":signer.{@xml:id}"><span lang="{if (matches($name, '[a-z]')) then 'en' else 'zh-Hant'}">{normalize-space($name)}</span></template>
      </xsl:for-each>
    </xsl:for-each-group>
    <xsl:for-each select="distinct-values($mentions/@cert)">
      <template id=":cert.{.}"><xsl:sequence select="f:both('certain')"/><xsl:text> </xsl:text><xsl:sequence select="f:value-label('cert', .)"/></template>
    </xsl:for-each>
    <xsl:if test="$mentions/self::persName[map:contains($offices, f:mention-anchor(.))]">
      <template id=":office">
        <p class="fact"><span class="label"><xsl:sequence select="f:both('office.given')"/></span><xsl:text> </xsl:text><q class="words" lang="{f:language(.)}"/></p>
        <p class="signed"><xsl:sequence select="f:both('office.signed')"/></p>
      </template>
    </xsl:if>
    <xsl:if test="exists($mentions)">
      <template id=":mention">
        <p class="place-in-text"><xsl:sequence select="f:both('mention.here')"/><xsl:text> </xsl:text><span class="ordinal"/></p>
        <button type="button" class="previous-mention"><xsl:sequence select="f:both('mention.previous')"/></button>
        <button type="button" class="next-mention"><xsl:sequence select="f:both('mention.next')"/></button>
      </template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="person | place | org | bibl" mode="m:popovers">
    <xsl:variable name="known" as="map(*)" select="f:known(.)"/>
    <template id=":entity.{@xml:id}">
      <h2 lang="{f:language(.)}">{f:headword(.)}</h2>
      <div class="facts">
        <xsl:sequence select="@type/f:value-label(local-name(..), .)"/>
        <xsl:apply-templates select="$known?facts[not(self::ptr)]" mode="m:entity"/>
        <xsl:for-each select="$known?passages">
          <p class="fact passage" data-juan="{@n}"><a href="{@target}"><xsl:sequence select="f:both('passage', @n)"/></a></p>
        </xsl:for-each>
      </div>
      <xsl:sequence select="self::place/f:thumbnail(.)"/>
      <!-- The page of the entity has them all, its register no more than the first. -->
      <p class="more"><xsl:for-each select="self::place[exists(f:degrees(.))]"><a href="map.html#{f:site-anchor(.)}"><xsl:sequence select="f:both('map.see')"/></a><xsl:text> </xsl:text></xsl:for-each><a href="{f:entity-page(.)}#:mentions"><xsl:sequence select="f:both('mentions', string($known?mentions))"/></a></p>
    </template>
  </xsl:template>

  <!-- Passages are for popovers; a register that lists them too has a template of higher priority. -->
  <xsl:template match="ptr[@type eq 'passage']" mode="m:entity" priority="0.1"/>
</xsl:stylesheet>
