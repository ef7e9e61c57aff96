<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- about.html: what the headers say, in the order a reader asks; what several files say alike is said once. -->

  <xsl:mode name="m:about" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:about">
    <xsl:variable name="headers" as="element()*" select="//teiHeader[parent::TEI]"/>
    <header class="about-head">
      <h1><xsl:sequence select="f:both('about.title')"/></h1>
      <p class="work" lang="{$site-language}">{string-join(distinct-values(($site-title, $units ! f:unit-title(.))), f:label('separator'))}</p>
    </header>
    <dl class="about">
      <xsl:sequence select="
          f:about('source', $headers/fileDesc/sourceDesc/*),
          f:about('edition', $headers/fileDesc/(editionStmt/edition, publicationStmt/(publisher, idno))),
          f:about('licence', $headers/fileDesc/publicationStmt/availability/*),
          f:about('extent', $headers/fileDesc/extent),
          f:about('project', $headers/encodingDesc/projectDesc/*)"/>
      <xsl:for-each-group select="$headers/encodingDesc/editorialDecl/*" group-by="local-name()">
        <xsl:sequence select="f:about(local-name(), current-group())"/>
      </xsl:for-each-group>
      <xsl:sequence select="
          f:about('persons-responsible', $headers/fileDesc/titleStmt/(editor | respStmt)),
          f:about('rules-responsible', $headers/encodingDesc/appInfo/application),
          f:about('calendar', $headers/profileDesc/calendarDesc/calendar),
          f:about('language', $headers/profileDesc/langUsage/language),
          f:about('characters', $headers/encodingDesc/charDecl/*),
          f:about('revision', $headers/revisionDesc/change)"/>
      <dt><xsl:sequence select="f:both('about.download')"/></dt>
      <dd>
        <xsl:for-each select="$downloads">
          <p><a href="{.}" download="">{tokenize(., '/')[last()]}</a></p>
        </xsl:for-each>
      </dd>
    </dl>
  </xsl:template>

  <!-- One heading of the page and what stands under it; nothing for nothing. -->
  <xsl:function name="f:about" as="element()*">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:if test="exists($parts)">
      <dt><xsl:sequence select="f:value-label('about', $key)"/></dt>
      <dd>
        <xsl:for-each-group select="$parts" group-by="local-name() || normalize-space() || string-join(.//@value)">
          <xsl:apply-templates select="." mode="m:about"/>
        </xsl:for-each-group>
      </dd>
    </xsl:if>
  </xsl:function>

  <xsl:template match="*" mode="m:about">
    <p lang="{f:prose-language(.)}"><xsl:apply-templates select="." mode="m:prose"/></p>
  </xsl:template>

  <xsl:template match="bibl" mode="m:about">
    <p lang="{f:prose-language(.)}"><xsl:apply-templates select="." mode="m:prose"/></p>
    <xsl:for-each select="note"><p lang="{f:prose-language(.)}"><xsl:apply-templates select="." mode="m:prose"/></p></xsl:for-each>
  </xsl:template>

  <xsl:template match="*[p]" mode="m:about">
    <xsl:apply-templates select="*" mode="m:about"/>
  </xsl:template>

  <xsl:template match="respStmt" mode="m:about">
    <p lang="{f:prose-language(.)}">{(name | persName | orgName)/normalize-space()}<xsl:text> </xsl:text><span class="version">{resp/normalize-space()}</span></p>
  </xsl:template>

  <xsl:template match="application" mode="m:about">
    <p lang="{f:prose-language(.)}"><xsl:apply-templates select="(label, desc, p)[1]" mode="m:prose"/><xsl:text> </xsl:text><span class="version">{@ident} {@version}</span></p>
  </xsl:template>

  <xsl:template match="glyph | char" mode="m:about">
    <p>{f:spelled(string-join((mapping[not(@type eq 'standard')]/normalize-space(), localProp/@value, mapping[@type eq 'standard']/f:label('character.standard', string(.))), f:label('separator')))}</p>
    <xsl:for-each select="note"><p lang="{f:prose-language(.)}">{f:spelled(normalize-space())}</p></xsl:for-each>
  </xsl:template>

  <xsl:template match="change" mode="m:about">
    <p lang="{f:prose-language(.)}"><span class="version">{@when}</span><xsl:text> </xsl:text><xsl:apply-templates mode="m:prose"/></p>
  </xsl:template>

  <!-- m:prose: the prose of the header, in line. -->
  <xsl:mode name="m:prose" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template mode="m:prose" match="
      p | date | edition | editor | author | publisher | idno | name | persName | orgName | resp | measure | extent | label | desc
      | note | biblScope | pubPlace | calendar | language | availability | gi | att | code | num | series">
    <xsl:apply-templates mode="m:prose"/>
  </xsl:template>

  <!-- Parts of a reference are separated, because the header has no punctuation between them. -->
  <xsl:template match="bibl | biblStruct | monogr | imprint" mode="m:prose">
    <xsl:for-each select="if (text()[normalize-space()]) then node() except note else * except note">
      <xsl:if test="position() gt 1 and empty(../text()[normalize-space()])">{f:label('comma')}</xsl:if>
      <xsl:apply-templates select="." mode="m:prose"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="title" mode="m:prose"><cite class="title"><xsl:apply-templates mode="m:prose"/></cite></xsl:template>

  <xsl:template match="licence | ref | ptr" mode="m:prose">
    <xsl:variable name="shown" as="xs:string" select="string((normalize-space()[. ne ''], @target)[1])"/>
    <xsl:choose>
      <xsl:when test="f:is-web(@target)"><a href="{@target}">{$shown}</a></xsl:when>
      <xsl:otherwise><span>{$shown}</span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The header's own language where it says one; else by its script, because the TEI root speaks for the text. -->
  <xsl:function name="f:prose-language" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="said" as="xs:string?" select="($node/ancestor-or-self::*[ancestor-or-self::teiHeader or ancestor-or-self::note]/@xml:lang)[last()]"/>
    <!-- A reference and its note may be in two languages; four characters of text to a letter is still Chinese. -->
    <xsl:variable name="text" as="xs:string" select="normalize-space(string-join($node/node()[not(self::note)]))"/>
    <xsl:variable name="length" as="xs:integer" select="string-length($text)"/>
    <xsl:variable name="latin" as="xs:integer" select="$length - string-length(translate($text, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', ''))"/>
    <xsl:sequence select="if ($said) then $said else if (4 * $latin gt $length) then 'en' else 'zh-Hant'"/>
  </xsl:function>
</xsl:stylesheet>
