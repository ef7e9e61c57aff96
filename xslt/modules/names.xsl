<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- persName, placeName, orgName, rs: the mark of a name (專名線), linked to its register. -->

  <xsl:template match="persName | placeName | orgName | rs">
    <xsl:variable name="entity" as="element()?" select="f:entity(.)"/>
    <xsl:choose>
      <xsl:when test="$entity">
        <a class="name {local-name()}{f:doubt(.)}" id="{f:mention-anchor(.)}" href="{f:entity-href($entity)}"
          title="{string-join((f:gloss($entity), f:doubt-gloss(.)), ' ')}"><xsl:apply-templates/></a>
      </xsl:when>
      <xsl:otherwise>
        <span class="name {local-name()}{f:doubt(.)}"><xsl:apply-templates/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Who or what, by id: the full name, then the note where there is one. -->
  <xsl:variable name="gloss-of" as="map(xs:string, xs:string)" select="
      map:merge($register-order ! $entities(.) ! map:entry(string(@xml:id),
        string-join((f:headword(.), note[1]/normalize-space()), f:label('colon'))), map { 'duplicates': 'use-first' })"/>

  <xsl:function name="f:gloss" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="$gloss-of(string($entity/@xml:id))"/>
  </xsl:function>

  <xsl:function name="f:headword" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entity/(persName, placeName, orgName, title, label)"/>
    <xsl:variable name="name" as="element()?" select="($names[@type eq 'full'], $names)[1]"/>
    <xsl:sequence select="if ($name) then f:plain($name) else string($entity/@xml:id)"/>
  </xsl:function>

  <!-- The class of what is less than certain, after a space; nothing where all is certain. -->
  <xsl:function name="f:doubt" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/@cert[. ne 'high']) then ' uncertain' else ''"/>
  </xsl:function>

  <!-- How certain, and who says so; nothing where all is certain. -->
  <xsl:function name="f:doubt-gloss" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element[@cert[. ne 'high']]">
      <xsl:sequence select="f:label('certainty', (string(f:value-label('cert', @cert)[1]), f:signed(.)))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The name of the rule or the person that signs an element. -->
  <xsl:function name="f:signed" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="signers" as="element()*" select="tokenize($element/@resp) ! key('id', substring-after(., '#'), $element/ancestor::TEI)"/>
    <xsl:sequence select="($signers ! normalize-space((label, name, persName, .)[1])[. ne '']) => string-join(f:label('comma'))"/>
  </xsl:function>
</xsl:stylesheet>
