<?xml version="1.0" encoding="UTF-8"?>
<!--
  ISO Schematron (query language binding xslt, xslt2 or xslt3) to an XSLT 3.0 stylesheet that checks a document and
  gives its findings as a JSON array: id, role, text, help, element (ordinal in document order, 1 for the root) and
  attribute (its name when the context, or the subject of the assertion, is an attribute).
  One mode per pattern; in a pattern the first rule that matches a node is the only one (ISO/IEC 19757-3, 6.5).
  Not done, and refused rather than ignored: include, extends, abstract patterns and rules.
-->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:out="urn:weibian:output" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
                xmlns:weibian="urn:weibian:findings">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" indent="no"/>

  <!-- Text of messages; everything else of a schema is visited by name. -->
  <xsl:mode on-no-match="fail"/>
  <xsl:mode name="message" on-no-match="text-only-copy"/>
  <xsl:mode name="pattern" on-no-match="fail"/>
  <xsl:mode name="rule" on-no-match="deep-skip"/>

  <xsl:template match="/">
    <xsl:apply-templates select="sch:schema"/>
  </xsl:template>

  <!-- Step 1: the stylesheet, its namespaces, what the schema says in XSLT itself, and the driver. -->
  <xsl:template match="sch:schema">
    <xsl:if test="not(lower-case(@queryBinding) = ('xslt', 'xslt2', 'xslt3'))">
      <xsl:message terminate="yes">Unexpected queryBinding {@queryBinding}, expected xslt, xslt2 or xslt3.</xsl:message>
    </xsl:if>
    <xsl:for-each select="(//sch:include, //sch:extends, //sch:*[@abstract = 'true'], //sch:pattern[@is-a])[1]">
      <xsl:message terminate="yes">Unexpected {name()}: includes and abstract patterns or rules must be resolved first.</xsl:message>
    </xsl:for-each>
    <xsl:variable name="patterns" select="sch:pattern"/>
    <out:stylesheet version="3.0" exclude-result-prefixes="#all">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{@prefix}" select="@uri"/>
      </xsl:for-each>
      <xsl:namespace name="xs" select="'http://www.w3.org/2001/XMLSchema'"/>
      <xsl:namespace name="map" select="'http://www.w3.org/2005/xpath-functions/map'"/>
      <xsl:namespace name="weibian" select="'urn:weibian:findings'"/>
      <out:output method="text"/>
      <xsl:copy-of select="xsl:key | xsl:function | xsl:variable | xsl:param | xsl:accumulator" copy-namespaces="no"/>
      <xsl:apply-templates select="sch:let" mode="rule"/>
      <xsl:call-template name="driver">
        <xsl:with-param name="patterns" select="$patterns"/>
      </xsl:call-template>
      <xsl:call-template name="finding"/>
      <xsl:apply-templates select="$patterns" mode="pattern"/>
    </out:stylesheet>
  </xsl:template>

  <!-- Step 2: every element once, in document order: its place in the loop is its ordinal. -->
  <xsl:template name="driver">
    <xsl:param name="patterns" as="element(sch:pattern)*"/>
    <out:template match="/">
      <out:variable name="findings" as="map(*)*">
        <xsl:for-each select="$patterns[sch:rule[matches(@context, '(^|\|)\s*/\s*(\||$)')]]">
          <out:apply-templates select="." mode="{weibian:mode(.)}">
            <out:with-param name="weibian:element" select="1"/>
          </out:apply-templates>
        </xsl:for-each>
        <out:for-each select="//*">
          <out:variable name="weibian:element" select="position()"/>
          <out:variable name="weibian:name" select="local-name()"/>
          <xsl:for-each select="$patterns">
            <xsl:variable name="apply" as="element()">
              <out:apply-templates select="{weibian:nodes(.)}" mode="{weibian:mode(.)}">
                <out:with-param name="weibian:element" select="$weibian:element"/>
              </out:apply-templates>
            </xsl:variable>
            <xsl:variable name="names" select="weibian:names(.)"/>
            <!-- Matching costs ten times what a look at the name costs. -->
            <xsl:choose>
              <xsl:when test="$names = '*'"><xsl:sequence select="$apply"/></xsl:when>
              <xsl:otherwise>
                <out:if test="$weibian:name = ({string-join($names ! weibian:literal(.), ', ')})">
                  <xsl:sequence select="$apply"/>
                </out:if>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </out:for-each>
      </out:variable>
      <out:value-of select="serialize(array {{ $findings }}, map {{ 'method': 'json' }})"/>
    </out:template>
  </xsl:template>

  <xsl:template name="finding">
    <out:function name="weibian:finding" as="map(*)">
      <out:param name="id" as="xs:string"/>
      <out:param name="role" as="xs:string"/>
      <out:param name="element" as="xs:integer"/>
      <out:param name="context" as="node()"/>
      <out:param name="subject" as="node()"/>
      <out:param name="text" as="xs:string*"/>
      <out:param name="help" as="xs:string*"/>
      <out:sequence select="map {{
        'id': $id, 'role': $role,
        'element': if ($subject/ancestor-or-self::*[1] is $context/ancestor-or-self::*[1]) then $element
                   else count($subject/(ancestor-or-self::* | preceding::*)),
        'attribute': if ($subject instance of attribute()) then name($subject) else '',
        'text': normalize-space(string-join($text)), 'help': normalize-space(string-join($help, ' ')) }}"/>
    </out:function>
  </xsl:template>

  <!-- Step 3: a pattern is a mode; an earlier rule has the higher priority. -->
  <xsl:template match="sch:pattern" mode="pattern">
    <xsl:variable name="mode" select="weibian:mode(.)"/>
    <xsl:variable name="rules" select="sch:rule"/>
    <out:mode name="{$mode}" on-no-match="deep-skip"/>
    <out:template match="/" mode="{$mode}" priority="-1" as="map(*)*">
      <out:sequence select="()"/>
    </out:template>
    <xsl:for-each select="$rules">
      <out:template match="{@context}" mode="{$mode}" priority="{count($rules) - position()}" as="map(*)*">
        <out:param name="weibian:element" as="xs:integer"/>
        <!-- Saxon-JS fails on a template without any instruction. -->
        <out:sequence select="()"/>
        <xsl:apply-templates select="../sch:let, *" mode="rule"/>
      </out:template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sch:let" mode="rule">
    <out:variable name="{@name}">
      <xsl:copy-of select="@as"/>
      <xsl:choose>
        <xsl:when test="@value"><xsl:attribute name="select" select="@value"/></xsl:when>
        <xsl:otherwise><xsl:copy-of select="node()"/></xsl:otherwise>
      </xsl:choose>
    </out:variable>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report" mode="rule">
    <xsl:variable name="schema" select="root()"/>
    <out:if test="{if (self::sch:assert) then 'not(' || @test || ')' else @test}">
      <out:variable name="weibian:text" as="xs:string*">
        <xsl:apply-templates mode="message"/>
      </out:variable>
      <out:variable name="weibian:help" as="xs:string*">
        <xsl:for-each select="tokenize(@diagnostics)">
          <xsl:apply-templates select="$schema//sch:diagnostic[@id = current()]/node()" mode="message"/>
        </xsl:for-each>
      </out:variable>
      <out:variable name="weibian:subject" select="({(@subject, ../@subject, '.')[1]}, .)[1]"/>
      <out:sequence select="weibian:finding('{@id}', '{(@role, ../@role, 'error')[1]}', $weibian:element, ., $weibian:subject, $weibian:text, $weibian:help)"/>
    </out:if>
  </xsl:template>

  <!-- Step 4: messages. -->
  <xsl:template match="text()" mode="message">
    <xsl:if test="normalize-space() or . = ' '">
      <out:sequence select="{weibian:literal(replace(., '\s+', ' '))}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="message">
    <out:sequence select="string-join(({@select}) ! string(), {weibian:literal((@separator, ' ')[1])})"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="message">
    <out:sequence select="name({@path})"/>
  </xsl:template>

  <xsl:function name="weibian:literal" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="apostrophe" as="xs:string">'</xsl:variable>
    <xsl:sequence select="$apostrophe || replace($text, $apostrophe, $apostrophe || $apostrophe) || $apostrophe"/>
  </xsl:function>

  <xsl:function name="weibian:mode" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="'pattern-' || (count($pattern/preceding-sibling::sch:pattern) + 1)"/>
  </xsl:function>

  <!-- Local names of the elements that the rules of a pattern can match; * when they cannot be told from the contexts. -->
  <xsl:function name="weibian:names" as="xs:string*">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:variable name="inner" select="$pattern/sch:rule/@context ! replace(., '\[[^\[\]]*\]', '')"/>
    <xsl:variable name="plain" select="$inner ! replace(., '\[[^\[\]]*\]', '') ! replace(., '\[[^\[\]]*\]', '')"/>
    <xsl:variable name="last" select="$plain ! tokenize(., '\|') ! normalize-space(tokenize(., '/')[last()])"/>
    <xsl:sequence select="distinct-values($last ! (if (matches(., '^([\i-[:]][\c-[:]]*:)?[\i-[:]][\c-[:]]*$')) then replace(., '^.*:', '') else '*'))"/>
  </xsl:function>

  <!-- The nodes of an element that the rules of a pattern can match: attributes and text only where a rule asks. -->
  <xsl:function name="weibian:nodes" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:variable name="contexts" select="$pattern/sch:rule/@context"/>
    <xsl:variable name="attributes" select="'@*'[$contexts[matches(., '(^|[|/])\s*(@|attribute)')]]"/>
    <xsl:variable name="others" select="'text() | comment() | processing-instruction()'
      [$contexts[matches(., 'text\(|comment\(|processing-instruction\(|node\(')]]"/>
    <xsl:sequence select="string-join(('.', $attributes, $others), ', ')"/>
  </xsl:function>
</xsl:stylesheet>
