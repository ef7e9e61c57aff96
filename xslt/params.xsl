<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Every global parameter of the editions. Strings only: Saxon-JS gives numbers as xs:double. -->

  <xsl:param name="tei-files" as="xs:string" select="'[]'">
    <!-- JSON array: the path of the TEI download of each child of the corpus, in order. -->
  </xsl:param>

  <xsl:param name="primary-language" as="xs:string" select="'zh-Hant'">
    <!-- Language of the interface: the name of a file of xslt/locale. -->
  </xsl:param>

  <xsl:param name="secondary-language" as="xs:string" select="'en'">
    <!-- Language of the second labels of the interface; empty for none. -->
  </xsl:param>

  <xsl:param name="direction" as="xs:string" select="'vertical'">
    <!-- Direction of the text on wide screens until the reader chooses: `vertical` or `horizontal`. -->
  </xsl:param>

  <xsl:param name="calendar-json" as="xs:string" select="'{}'">
    <!-- JSON object: civil year → its months, see src/edition/year-calendar.ts. -->
  </xsl:param>

  <xsl:param name="map-json" as="xs:string" select="'{}'">
    <!-- JSON object: the drawn map, see src/edition/draw-map.ts; empty where no place has coordinates. -->
  </xsl:param>

  <xsl:param name="offices-json" as="xs:string" select="'{}'">
    <!-- JSON object: anchor of a mention → the office that the text has directly before it, see src/edition/office-reader.ts. -->
  </xsl:param>

  <xsl:param name="split" as="xs:string" select="'15000'">
    <!-- A juan of more characters than this gets a page for each of its years. -->
  </xsl:param>

  <xsl:param name="parallels" as="xs:string" select="'{}'">
    <!-- JSON object: `咸平2-8 0999-09-18 0999-10-16` → what other states called the same time, as an array of strings. -->
  </xsl:param>

  <xsl:param name="sort" as="xs:string" select="'stroke'">
    <!-- Order of the registers: `stroke` or `pinyin`. -->
  </xsl:param>

  <xsl:param name="fonts" as="xs:string" select="'yes'">
    <!-- Whether the e-book carries its fonts: `yes` or `no`. -->
  </xsl:param>
</xsl:stylesheet>
