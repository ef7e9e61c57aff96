<?xml version="1.0" encoding="UTF-8"?>
<!-- Print: 校記: proposed corrections, readings of other texts (in the text or in listApp) and notes of the editors. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:p="urn:weibian:print"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                default-mode="p:print"
                expand-text="yes"
                exclude-result-prefixes="#all">

  <xsl:mode name="p:remark" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Id of what they speak of → the readings of listApp. -->
  <xsl:variable name="p:apps" as="map(xs:string, element(app)+)">
    <xsl:map>
      <xsl:for-each-group select="/TEI/standOff//app" group-by="(@to, @from)[1] ! substring-after(., '#')">
        <xsl:map-entry key="string(current-grouping-key())" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>
  <xsl:variable name="p:spellings" as="map(xs:string, element())" select="
      map:merge($p:glyphs?* ! (for $spelling in mapping[not(@type = 'standard')] return map:entry(string($spelling), .)), map { 'duplicates': 'use-first' })"/>
  <xsl:key name="p:id" match="*[@xml:id]" use="@xml:id"/>

  <!-- Readings of listApp stand behind what they speak of. -->
  <xsl:template match="*[@xml:id][map:contains($p:apps, @xml:id)][ancestor::p or ancestor::ab or ancestor::head]" priority="20">
    <xsl:next-match/>
    <xsl:apply-templates select="$p:apps(@xml:id)" mode="p:remark"/>
  </xsl:template>

  <!-- The page prints the lemma, or the first reading where there is none. -->
  <xsl:template match="app">
    <xsl:apply-templates select="(lem, rdg)[1]/node()"/>
    <xsl:apply-templates select="." mode="p:remark"/>
  </xsl:template>

  <!-- 「繼選」疑當作「繼遷」。 -->
  <xsl:template match="corr" mode="p:remark">
    <remark>
      <xsl:text>「</xsl:text>
      <xsl:apply-templates select="../sic[1]/node()" mode="p:words"/>
      <xsl:text>」{if (@cert = 'high') then '當作' else '疑當作'}「</xsl:text>
      <xsl:apply-templates mode="p:words"/>
      <xsl:text>」。</xsl:text>
    </remark>
  </xsl:template>

  <!-- 「蒙異保」，《長編》作「蒙吉布」。 -->
  <xsl:template match="app" mode="p:remark">
    <xsl:variable name="text" as="element()?" select="(lem, rdg)[1]"/>
    <xsl:variable name="others" as="element()*" select="rdg except $text"/>
    <xsl:if test="$others or note">
      <remark>
        <xsl:text>「</xsl:text>
        <xsl:apply-templates select="$text/node()" mode="p:words"/>
        <xsl:text>」</xsl:text>
        <xsl:for-each select="$others">
          <xsl:text>，</xsl:text>
          <xsl:sequence select="p:witnesses(.)"/>
          <xsl:text>{if (normalize-space()) then '作「' else '無'}</xsl:text>
          <xsl:apply-templates mode="p:words"/>
          <xsl:text>{if (normalize-space()) then '」' else ''}</xsl:text>
        </xsl:for-each>
        <xsl:text>。</xsl:text>
        <xsl:apply-templates select="note/node()"/>
      </remark>
    </xsl:if>
  </xsl:template>

  <!-- Who reads otherwise: works with their titles, witnesses by their name in the header. -->
  <xsl:function name="p:witnesses" as="node()*">
    <xsl:param name="reading" as="element(rdg)"/>
    <xsl:variable name="found" as="element()*" select="
        tokenize($reading/@wit || ' ' || $reading/@source) ! key('p:id', substring-after(., '#'), root($reading))"/>
    <xsl:for-each select="$found">
      <xsl:if test="position() gt 1">、</xsl:if>
      <xsl:choose>
        <xsl:when test="title">
          <xsl:text>《</xsl:text>
          <title>{normalize-space((title[@type = 'short'], title)[1])}</title>
          <xsl:text>》</xsl:text>
        </xsl:when>
        <xsl:otherwise>{normalize-space((abbr, .)[1])}</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:if test="empty($found)">一本</xsl:if>
  </xsl:function>

  <!-- The words of an element as the text has them, without its notes and proposed corrections. -->
  <xsl:mode name="p:words" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- listApp has no g: spellings of characters that the header describes become them again. -->
  <xsl:template match="text()" mode="p:words">
    <xsl:analyze-string select="." regex="&lt;[^&lt;&gt;]+&gt;">
      <xsl:matching-substring>
        <xsl:variable name="glyph" as="element()?" select="$p:spellings(.)"/>
        <xsl:choose>
          <xsl:when test="$glyph">
            <xsl:sequence select="p:gaiji(., $glyph)"/>
          </xsl:when>
          <xsl:otherwise>{.}</xsl:otherwise>
        </xsl:choose>
      </xsl:matching-substring>
      <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <xsl:template match="note | corr" mode="p:words"/>

  <xsl:template match="g" mode="p:words">
    <xsl:apply-templates select="." mode="p:print"/>
  </xsl:template>

  <!-- Whether a note is of the editors: as readBody has it, none of the text. -->
  <xsl:function name="p:editorial" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="$note/@type = ('apparatus', 'editorial', 'generated')"/>
  </xsl:function>

</xsl:stylesheet>
