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
      <xsl:when test="$entity and not(f:in-link(.))">
        <a class="name {f:name-class(.)}{f:doubt(.)}" id="{f:mention-anchor(.)}" href="{f:entity-href($entity)}">
          <xsl:sequence select="f:mention-data(., $entity)"/>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <!-- HTML has no link in a link: a name inside a name is only a place to come to. -->
      <xsl:when test="$entity">
        <span class="name {f:name-class(.)}{f:doubt(.)}" id="{f:mention-anchor(.)}"><xsl:apply-templates/></span>
      </xsl:when>
      <xsl:otherwise>
        <span class="name {f:name-class(.)}{f:doubt(.)}"><xsl:apply-templates/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- rs is marked as what it stands for. -->
  <xsl:function name="f:name-class" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="of" as="map(xs:string, xs:string)" select="map { 'person': 'persName', 'place': 'placeName', 'org': 'orgName' }"/>
    <xsl:sequence select="string-join((local-name($name), $name/self::rs/f:entity(.)/$of(local-name(.))), ' ')"/>
  </xsl:function>

  <!-- Anchor of a mention → the office that the text has before the name. -->
  <xsl:variable name="offices" as="map(*)" select="parse-json($offices-json)"/>

  <!-- What the popover of a mention needs: the entity, its office there, who says so, how certain it is. -->
  <xsl:function name="f:mention-data" as="attribute()+">
    <xsl:param name="mention" as="element()"/>
    <xsl:param name="entity" as="element()"/>
    <xsl:attribute name="data-entity" select="$entity/@xml:id"/>
    <xsl:for-each select="$mention/self::persName/$offices(f:mention-anchor(.))"><xsl:attribute name="data-office" select="."/></xsl:for-each>
    <xsl:sequence select="f:signature($mention)"/>
  </xsl:function>

  <xsl:function name="f:signature" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/@resp"><xsl:attribute name="data-resp" select="tokenize(.) ! (if (starts-with(., '#')) then substring(., 2) else .)"/></xsl:for-each>
    <xsl:for-each select="$element/@cert[. ne 'high']"><xsl:attribute name="data-cert" select="."/></xsl:for-each>
  </xsl:function>

  <!-- The first description of each entity → its headword. -->
  <xsl:variable name="headwords" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="$register-order ! $entities(.)" group-by="@xml:id"><xsl:map-entry key="generate-id()" select="f:name-entity(.)"/></xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="f:headword" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="($headwords(generate-id($entity)), f:name-entity($entity))[1]"/>
  </xsl:function>

  <xsl:function name="f:name-entity" as="xs:string">
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

  <!-- Who says so, and how certain it is, in both languages. -->
  <xsl:function name="f:signed-gloss" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="signers" as="xs:string" select="f:signed($element)"/>
    <xsl:if test="$signers ne '' or $element/@cert">
      <span class="signed">
        <xsl:for-each select="$element/@cert"><xsl:sequence select="f:both('certain')"/><xsl:text> </xsl:text><xsl:sequence select="f:value-label('cert', .)"/></xsl:for-each>
        <xsl:if test="$element/@cert and $signers ne ''"> · </xsl:if>
        <xsl:if test="$signers ne ''"><span lang="{if (matches($signers, '[a-z]')) then 'en' else 'zh-Hant'}">{$signers}</span></xsl:if>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- The name of the rule or the person that signs an element. -->
  <xsl:function name="f:signed" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="signers" as="element()*" select="tokenize($element/@resp) ! f:in-file(substring-after(., '#'), $element/ancestor::TEI)"/>
    <xsl:sequence select="($signers ! normalize-space((label, name, persName, .)[1])[. ne '']) => string-join(f:label('comma'))"/>
  </xsl:function>
</xsl:stylesheet>
