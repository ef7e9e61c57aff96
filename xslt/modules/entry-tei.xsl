<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- tei/entries/ID.xml: an entry as a TEI file of its own, with all that it points at and nothing else; its header leads to the whole. -->

  <xsl:output name="tei" method="xml" encoding="UTF-8" indent="no"/>

  <xsl:key name="reading" match="app[@from]" use="substring-after(@from, '#')"/>

  <xsl:variable name="plain-letters" as="xs:string" select="'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-'"/>

  <!-- Its address in the site. Where two files use one id, the number of the file goes before it. -->
  <xsl:function name="f:entry-file" as="xs:string">
    <xsl:param name="entry" as="element(div)"/>
    <xsl:variable name="shared" as="xs:boolean" select="exists($entry/@xml:id) and exists(key('id', $entry/@xml:id, $document)[2])"/>
    <xsl:variable name="anchor" as="xs:string" select="f:anchor($entry)"/>
    <xsl:variable name="name" as="xs:string" select="if (translate($anchor, $plain-letters, '') eq '') then $anchor else replace($anchor, '[^\p{L}\p{N}._-]', '_')"/>
    <xsl:sequence select="'tei/entries/' || string-join((if ($shared) then string(count($entry/ancestor::TEI/preceding-sibling::*) + 1) else (), $name), '-') || '.xml'"/>
  </xsl:function>

  <xsl:mode name="m:entry-file" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div[@type eq 'entry']" mode="m:entry-file">
    <xsl:variable name="tei" as="element(TEI)" select="ancestor::TEI"/>
    <xsl:variable name="readings" as="element(app)*" select="descendant-or-self::*/@xml:id/key('reading', ., $tei)"/>
    <xsl:variable name="year" as="element(event)?" select="ancestor::div/@corresp/f:pointed-at(., $tei)/self::event[1]"/>
    <xsl:variable name="events" as="element(event)*" select="key('event', @xml:id, $tei) except $year"/>
    <xsl:variable name="kept" as="element()*" select="f:closure((., ancestor::div/@*, $readings, $events, $year/(@*, * except listEvent)), $tei, ())"/>
    <xsl:variable name="content" as="node()*"><xsl:apply-templates select="." mode="m:entry-tei"/></xsl:variable>
    <xsl:element name="TEI" namespace="http://www.tei-c.org/ns/1.0">
      <xsl:copy-of select="$tei/@*"/>
      <xsl:attribute name="xml:id" select="replace(f:anchor(.), '^[^\p{L}_]', '_') || '.file'"/>
      <xsl:apply-templates select="$tei/teiHeader" mode="m:entry-tei">
        <xsl:with-param name="entry" select="." tunnel="yes"/>
        <xsl:with-param name="kept" select="$kept" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:element name="standOff" namespace="http://www.tei-c.org/ns/1.0">
        <xsl:for-each-group select="$kept[ancestor::standOff]" group-by="local-name(..)">
          <xsl:element name="{current-grouping-key()}" namespace="http://www.tei-c.org/ns/1.0"><xsl:copy-of select="current-group()" copy-namespaces="no"/></xsl:element>
        </xsl:for-each-group>
        <xsl:for-each select="($year, $events)[1]/..">
          <xsl:copy>
            <xsl:apply-templates select="($year, $events)[1]" mode="m:entry-tei"><xsl:with-param name="events" select="$events" tunnel="yes"/></xsl:apply-templates>
          </xsl:copy>
        </xsl:for-each>
        <xsl:for-each select="$readings[1]/..">
          <xsl:copy><xsl:copy-of select="$readings" copy-namespaces="no"/></xsl:copy>
        </xsl:for-each>
      </xsl:element>
      <xsl:element name="text" namespace="http://www.tei-c.org/ns/1.0">
        <xsl:apply-templates select=".." mode="m:entry-wrapped"><xsl:with-param name="content" select="$content"/></xsl:apply-templates>
      </xsl:element>
    </xsl:element>
  </xsl:template>

  <!-- The divisions around an entry, without what else stands in them. -->
  <xsl:mode name="m:entry-wrapped" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div | body" mode="m:entry-wrapped">
    <xsl:param name="content" as="node()*"/>
    <xsl:variable name="wrapped" as="element()"><xsl:copy copy-namespaces="no"><xsl:copy-of select="@*, $content"/></xsl:copy></xsl:variable>
    <xsl:choose>
      <xsl:when test="self::body"><xsl:sequence select="$wrapped"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select=".." mode="m:entry-wrapped"><xsl:with-param name="content" select="$wrapped"/></xsl:apply-templates></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The entities and the parts of the header that nodes point at, and those that these point at in turn. -->
  <xsl:function name="f:closure" as="element()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="found" as="element()*"/>
    <xsl:variable name="pointers" as="attribute()*" select="($nodes[self::attribute()], $nodes/descendant-or-self::*/@*)[contains(., '#')]"/>
    <xsl:variable name="next" as="element()*" select="
        f:pointed-at($pointers, $tei)/(if (ancestor::standOff) then ancestor-or-self::*[self::person or self::place or self::org or self::bibl[parent::listBibl]][1] else .[ancestor::teiHeader])
        except $found"/>
    <xsl:sequence select="if (empty($next)) then $found else f:closure($next, $tei, $found | $next)"/>
  </xsl:function>

  <xsl:function name="f:pointed-at" as="element()*">
    <xsl:param name="pointers" as="attribute()*"/>
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="f:in-file(distinct-values($pointers ! tokenize(.))[starts-with(., '#')] ! substring(., 2), $tei)"/>
  </xsl:function>

  <xsl:mode name="m:entry-tei" on-no-match="shallow-copy" on-multiple-match="use-last"/>

  <!-- Numbers of lines count the whole file. -->
  <xsl:template match="lb" mode="m:entry-tei"/>

  <!-- Indentation between blocks is that of the whole. -->
  <xsl:template match="teiHeader//text()[not(normalize-space())] | div/text()[not(normalize-space())] | event/text()[not(normalize-space())]" mode="m:entry-tei"/>

  <xsl:template match="event/listEvent" mode="m:entry-tei">
    <xsl:param name="events" as="element(event)*" tunnel="yes"/>
    <xsl:if test="$events"><xsl:copy><xsl:apply-templates select="$events" mode="m:entry-tei"/></xsl:copy></xsl:if>
  </xsl:template>

  <xsl:template match="fileDesc/titleStmt" mode="m:entry-tei">
    <xsl:param name="entry" as="element(div)" tunnel="yes"/>
    <xsl:copy>
      <xsl:copy-of select="title[not(@type eq 'sub')]" copy-namespaces="no"/>
      <xsl:element name="title" namespace="http://www.tei-c.org/ns/1.0">
        <xsl:attribute name="type" select="'sub'"/>
        <xsl:value-of select="string-join((title[@type eq 'sub']/normalize-space(), f:entry-label(f:entry-number($entry))), ' ')"/>
      </xsl:element>
      <xsl:copy-of select="* except title" copy-namespaces="no"/>
    </xsl:copy>
  </xsl:template>

  <!-- White space aside; brackets that supplied stands for are counted, corrections are not. -->
  <xsl:template match="extent" mode="m:entry-tei">
    <xsl:param name="entry" as="element(div)" tunnel="yes"/>
    <xsl:variable name="count" as="xs:integer" select="
        string-length(replace(string-join($entry//text()[not(ancestor::corr)]), '[\s\p{Z}]', '')) + 2 * count($entry//supplied[not(ancestor::corr)])"/>
    <xsl:copy>
      <xsl:element name="measure" namespace="http://www.tei-c.org/ns/1.0">
        <xsl:attribute name="unit" select="'character'"/>
        <xsl:attribute name="quantity" select="$count"/>
        <xsl:value-of select="f:label('cite.characters', string($count))"/>
      </xsl:element>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="publicationStmt/idno[@type eq 'file']" mode="m:entry-tei">
    <xsl:param name="entry" as="element(div)" tunnel="yes"/>
    <xsl:copy><xsl:copy-of select="@*"/>{f:anchor($entry)}</xsl:copy>
  </xsl:template>

  <xsl:template match="publicationStmt/idno[@type eq 'URL']" mode="m:entry-tei">
    <xsl:param name="entry" as="element(div)" tunnel="yes"/>
    <xsl:copy><xsl:copy-of select="@*"/>{(f:absolute(f:page(f:unit($entry)) || '#' || f:anchor($entry)), .)[1]}</xsl:copy>
  </xsl:template>

  <xsl:template match="sourceDesc" mode="m:entry-tei">
    <xsl:param name="entry" as="element(div)" tunnel="yes"/>
    <xsl:variable name="whole" as="xs:string?" select="f:download($entry) ! ('../' || tokenize(., '/')[last()] || $entry/@xml:id ! ('#' || .))"/>
    <xsl:copy>
      <xsl:if test="$whole">
        <xsl:element name="bibl" namespace="http://www.tei-c.org/ns/1.0">
          <xsl:element name="title" namespace="http://www.tei-c.org/ns/1.0">
            <xsl:attribute name="level" select="'m'"/>
            <xsl:value-of select="string-join(ancestor::fileDesc/titleStmt/title/normalize-space(), ' ')"/>
          </xsl:element>
          <xsl:element name="ref" namespace="http://www.tei-c.org/ns/1.0">
            <xsl:attribute name="target" select="$whole"/>
            <xsl:value-of select="$whole"/>
          </xsl:element>
        </xsl:element>
      </xsl:if>
      <xsl:copy-of select="*" copy-namespaces="no"/>
    </xsl:copy>
  </xsl:template>

  <!-- Of the encoding only what the entry makes use of; the rest stands in the file of the whole. -->
  <xsl:template match="encodingDesc/*[not(self::charDecl or self::appInfo or self::listPrefixDef)]" mode="m:entry-tei"/>

  <xsl:template match="application | glyph | char | calendar" mode="m:entry-tei">
    <xsl:param name="kept" as="element()*" tunnel="yes"/>
    <xsl:if test=". intersect $kept or self::application[@ident eq 'weibian']"><xsl:copy-of select="." copy-namespaces="no"/></xsl:if>
  </xsl:template>

  <xsl:template match="charDecl | calendarDesc | appInfo" mode="m:entry-tei">
    <xsl:param name="kept" as="element()*" tunnel="yes"/>
    <xsl:if test="* intersect $kept"><xsl:copy copy-namespaces="no"><xsl:copy-of select="@*"/><xsl:apply-templates select="*" mode="m:entry-tei"/></xsl:copy></xsl:if>
  </xsl:template>

  <!-- An identifier needs the definition of its prefix. -->
  <xsl:template match="listPrefixDef" mode="m:entry-tei">
    <xsl:param name="kept" as="element()*" tunnel="yes"/>
    <xsl:variable name="used" as="element()*" select="prefixDef[lower-case(@ident) = $kept//idno/lower-case(@type)]"/>
    <xsl:if test="$used"><xsl:copy copy-namespaces="no"><xsl:copy-of select="$used" copy-namespaces="no"/></xsl:copy></xsl:if>
  </xsl:template>
</xsl:stylesheet>
