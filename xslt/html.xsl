<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- The HTML edition: TEI files in one teiCorpus → a static site, one result document per page. -->

  <xsl:include href="params.xsl"/>
  <!-- what every module computes with -->
  <xsl:include href="modules/l10n.xsl"/>
  <xsl:include href="modules/dates.xsl"/>
  <xsl:include href="modules/date-chain.xsl"/>
  <xsl:include href="modules/links.xsl"/>
  <xsl:include href="modules/years.xsl"/>
  <!-- the text -->
  <xsl:include href="modules/structure.xsl"/>
  <xsl:include href="modules/names.xsl"/>
  <xsl:include href="modules/bibl.xsl"/>
  <xsl:include href="modules/notes.xsl"/>
  <xsl:include href="modules/editorial.xsl"/>
  <xsl:include href="modules/characters.xsl"/>
  <xsl:include href="modules/unhandled.xsl"/>
  <!-- the pages -->
  <xsl:include href="modules/shell.xsl"/>
  <xsl:include href="modules/title-page.xsl"/>
  <xsl:include href="modules/legend.xsl"/>
  <xsl:include href="modules/popovers.xsl"/>
  <xsl:include href="modules/apparatus.xsl"/>
  <xsl:include href="modules/mentions.xsl"/>
  <xsl:include href="modules/entities.xsl"/>
  <xsl:include href="modules/registers.xsl"/>
  <xsl:include href="modules/entity-pages.xsl"/>
  <xsl:include href="modules/json-ld.xsl"/>
  <xsl:include href="modules/chronology.xsl"/>
  <xsl:include href="modules/calendar-view.xsl"/>
  <xsl:include href="modules/map.xsl"/>
  <xsl:include href="modules/map-thumbnail.xsl"/>
  <xsl:include href="modules/about.xsl"/>
  <xsl:include href="modules/search.xsl"/>
  <!-- citing -->
  <xsl:include href="modules/metadata.xsl"/>
  <xsl:include href="modules/cite.xsl"/>
  <xsl:include href="modules/entry-tei.xsl"/>

  <xsl:output name="page" method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"/>
  <xsl:output name="data" method="text" encoding="UTF-8"/>

  <xsl:output name="json" method="json" encoding="UTF-8"/>

  <!-- A new module's element without a template is loud (unhandled.xsl), and two templates for one node are a fault. -->
  <xsl:mode name="m:html" on-no-match="text-only-copy" on-multiple-match="fail" use-accumulators="mention offset"/>

  <xsl:template match="/">
    <xsl:apply-templates select="teiCorpus" mode="m:site"/>
  </xsl:template>

  <xsl:mode name="m:site" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:site">
    <xsl:variable name="corpus" as="element(teiCorpus)" select="."/>
    <xsl:result-document href="index.html" format="page">
      <xsl:apply-templates select="." mode="m:shell">
        <xsl:with-param name="kind" select="'index'"/>
        <xsl:with-param name="main"><xsl:apply-templates select="." mode="m:title-page"/></xsl:with-param>
      </xsl:apply-templates>
    </xsl:result-document>
    <xsl:for-each select="$units">
      <xsl:result-document href="{f:page(.)}" format="page">
        <xsl:apply-templates select="." mode="m:shell">
          <xsl:with-param name="kind" select="'juan'"/>
          <xsl:with-param name="title" select="f:unit-title(.)"/>
          <xsl:with-param name="styles" select="'reading', 'cite'"/>
          <xsl:with-param name="scripts" select="'reading', 'cite'"/>
          <xsl:with-param name="main"><xsl:apply-templates select="." mode="m:unit"/></xsl:with-param>
        </xsl:apply-templates>
      </xsl:result-document>
    </xsl:for-each>
    <xsl:for-each select="$register-order">
      <xsl:variable name="register" as="xs:string" select="."/>
      <xsl:result-document href="{$register}.html" format="page">
        <xsl:apply-templates select="$corpus" mode="m:shell">
          <xsl:with-param name="kind" select="$register"/>
          <xsl:with-param name="title" select="f:label($register)"/>
          <xsl:with-param name="styles" select="'registers'"/>
          <xsl:with-param name="scripts" select="'registers'"/>
          <xsl:with-param name="main">
            <xsl:apply-templates select="$corpus" mode="m:register">
              <xsl:with-param name="register" select="$register"/>
            </xsl:apply-templates>
          </xsl:with-param>
        </xsl:apply-templates>
      </xsl:result-document>
      <xsl:for-each-group select="$entities($register)" group-by="@xml:id">
        <xsl:apply-templates select="." mode="m:entity-page"/>
      </xsl:for-each-group>
    </xsl:for-each>
    <xsl:apply-templates select="." mode="m:chronology-page"/>
    <xsl:apply-templates select="." mode="m:calendar-page"/>
    <xsl:if test="exists($map?points)"><xsl:apply-templates select="." mode="m:map-page"/></xsl:if>
    <xsl:result-document href="about.html" format="page">
      <xsl:apply-templates select="." mode="m:shell">
        <xsl:with-param name="kind" select="'about'"/>
        <xsl:with-param name="title" select="f:label('about')"/>
        <xsl:with-param name="main"><xsl:apply-templates select="." mode="m:about"/></xsl:with-param>
      </xsl:apply-templates>
    </xsl:result-document>
    <xsl:result-document href="search.html" format="page">
      <xsl:apply-templates select="." mode="m:shell">
        <xsl:with-param name="kind" select="'search'"/>
        <xsl:with-param name="title" select="f:label('search')"/>
        <xsl:with-param name="styles" select="'search'"/>
        <xsl:with-param name="scripts" select="'search'"/>
        <xsl:with-param name="main"><xsl:apply-templates select="." mode="m:search"/></xsl:with-param>
      </xsl:apply-templates>
    </xsl:result-document>
    <xsl:for-each select="$units//div[@type eq 'entry']">
      <xsl:result-document href="{f:entry-file(.)}" format="tei"><xsl:apply-templates select="." mode="m:entry-file"/></xsl:result-document>
    </xsl:for-each>
    <!-- For src/edition/search-index.ts; no file of the site. -->
    <xsl:result-document href="search/records.json" format="json"><xsl:apply-templates select="." mode="m:records"/></xsl:result-document>
  </xsl:template>
</xsl:stylesheet>
